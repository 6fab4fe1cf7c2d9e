import type { KeyScope } from "./caller.js";

/** A Recordgate key, without its secret. */
export interface AccessKey {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Date;
  readonly expiresAt?: Date;
  readonly revokedAt?: Date;
}

export interface NewAccessKey extends Pick<AccessKey, "name" | "scopes" | "expiresAt"> {
  /** The store keeps its SHA-256 only. */
  readonly secret: string;
}

/** Every method throws `StoreUnavailableError` when the database cannot be reached, and nothing else on purpose. */
export interface AccessKeyStore {
  createKey(key: NewAccessKey): Promise<AccessKey>;
  /** Undefined when there is a key, also a revoked one. Of concurrent calls at most one creates its key. */
  createFirstKey(key: NewAccessKey): Promise<AccessKey | undefined>;
  /** All keys, also expired and revoked ones, in order of creation. */
  listKeys(): Promise<readonly AccessKey[]>;
  /** False for an unknown id. A repeat keeps the time of the first revocation. */
  revokeKey(id: string): Promise<boolean>;
  /** The key behind a secret, unless revoked, or expired at `now`. */
  findKey(secret: string, now: Date): Promise<AccessKey | undefined>;
}
