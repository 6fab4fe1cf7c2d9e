import type { Caller } from "../../core/access/caller.js";
import { ProviderFailure } from "../../core/failure.js";
import type { RateLimiter } from "../../core/access/rate-limit.js";
import { toDatabaseFailure } from "../providers.js";
import { StoreUnavailableError } from "../../core/store.js";

interface KeyUse {
  readonly points: number;
  readonly unit: "requests" | "records";
  /** The provider that the call addresses. */
  readonly provider: string;
}

/**
 * Counts what a call of a key uses; other callers have no such limit. A call that cannot be counted is refused.
 * @throws ProviderFailure
 */
export async function takeFromCaller(limiter: RateLimiter, caller: Caller, use: KeyUse): Promise<void> {
  const { points, unit, provider } = use;
  if (caller.kind !== "key" || points === 0) return;
  const retryAfterMs = await limiter.take(caller.id, points).catch((cause: unknown) => {
    if (!(cause instanceof StoreUnavailableError)) throw cause;
    // Only the count may be stored: the call itself has not begun.
    throw toDatabaseFailure(provider, cause).as({ outcome: "not-applied", retry: "yes" });
  });
  if (retryAfterMs === undefined) return;
  const message = `the key may use ${limiter.perSecond} ${unit} a second, and they are used up`;
  throw new ProviderFailure({
    ...{ provider, kind: "rate-limited", message, retryAfterMs },
    ...{ retry: "yes", idempotent: true, outcome: "not-applied" },
  });
}
