import type { Caller } from "./caller.js";

export interface NewCredential {
  /** Absent: good for every provider. */
  readonly provider?: string;
  readonly caller: Caller;
  /** Only its SHA-256 is kept. */
  readonly secret: string;
  readonly expiresAt?: Date;
  /** Whether it takes the place of those that the principal has with the provider and that do not expire, such as an older password. */
  readonly replacesOlder?: true;
}

export interface CredentialStore {
  /** What the same secret of the provider meant before is forgotten. */
  saveCredential(credential: NewCredential): Promise<void>;
  /** The caller behind a secret, unless expired at `now`; one that is good for the provider alone comes first. */
  findCaller(provider: string, secret: string, now: Date): Promise<Caller | undefined>;
}
