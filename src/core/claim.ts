import type { JsonValue } from "../json/value.js";

/** An idempotency key taken by a write. */
export interface Claim {
  /** The owner of the key: the same key in another scope is another claim. */
  readonly scope: string;
  readonly key: string;
  /** Hash of the request; present where the contract distinguishes a repeat from another request with the same key. */
  readonly contentHash?: string;
  /** The recorded result, which answers a repeat. */
  readonly result: JsonValue;
  /** The key is free again from this moment on. */
  readonly expiresAt: Date;
}

export interface ClaimStore {
  /** Undefined when the key was never taken or the claim has expired. */
  findClaim(scope: string, key: string): Promise<Claim | undefined>;
  /** Takes a claim without a write. Answers this claim, or the one that already holds the key. */
  takeClaim(claim: Claim): Promise<Claim>;
}
