import type { ProviderCaller } from "./caller.js";

export interface NewCredential {
  /** Absent: the credential is valid for every provider. */
  readonly provider?: string;
  readonly caller: ProviderCaller;
  /** The store keeps its SHA-256 only. */
  readonly secret: string;
  readonly expiresAt?: Date;
  /** Whether it replaces the principal's credentials for the provider that do not expire, such as an older password. */
  readonly replacesOlder?: true;
}

export interface CredentialStore {
  /** Replaces an earlier credential with the same secret and provider. */
  saveCredential(credential: NewCredential): Promise<void>;
  /**
   * The caller behind a secret, unless expired at `now`. A credential for this provider takes precedence over one for
   * every provider.
   */
  findCaller(provider: string, secret: string, now: Date): Promise<ProviderCaller | undefined>;
  /** The caller of each provider behind its form of a secret, by provider; one statement. */
  findCallers(secrets: ReadonlyMap<string, string>, now: Date): Promise<ReadonlyMap<string, ProviderCaller>>;
}
