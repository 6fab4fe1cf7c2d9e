import type { JsonValue } from "../json/value.js";

/** An idempotency key taken by a write. */
export interface Claim {
  /** Whose key it is: the same key in another scope is another claim. */
  readonly scope: string;
  readonly key: string;
  /** Of the request, where its contract tells a repeat from another request with the same key. */
  readonly contentHash?: string;
  /** What a repeat is answered from. */
  readonly result: JsonValue;
  /** From then on the key is free again. */
  readonly expiresAt: Date;
}

export interface ClaimStore {
  /** Undefined when nobody has it, or not any more. */
  findClaim(scope: string, key: string): Promise<Claim | undefined>;
  /** Takes a claim that stands alone. Answers it, or the one that somebody took before. */
  takeClaim(claim: Claim): Promise<Claim>;
}
