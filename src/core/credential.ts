import type { Caller } from "./caller.js";

export interface NewCredential {
  readonly provider: string;
  readonly caller: Caller;
  readonly secretSha256: string;
  readonly expiresAt?: Date;
}

export interface CredentialStore {
  saveCredential(credential: NewCredential): Promise<void>;
  /** The caller behind a secret, unless expired at `now`. */
  findCaller(provider: string, secretSha256: string, now: Date): Promise<Caller | undefined>;
}
