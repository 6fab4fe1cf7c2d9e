import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { RateLimiter, RateLimits } from "../../core/access/rate-limit.js";
import { StoreUnavailableError } from "../../core/store.js";
import { toStoreError } from "../guards/store-errors.js";
import { type RateTable, TableRateLimiter } from "./table-rate-limiter.js";

/** The longest time that one call uses up, in seconds. */
const maxSeconds = 86_400;

/** @param shared the table where other processes use the database; absent: this process counts alone, in memory */
export function createRateLimits(shared: RateTable | undefined): RateLimits {
  const opened = new Map<string, RateLimiter>();
  return {
    open: (limit) => {
      const { name: keyPrefix, perSecond: points } = limit;
      const id = `${keyPrefix} ${points}`;
      const limiter =
        opened.get(id) ??
        toRateLimiter(
          shared === undefined
            ? new RateLimiterMemory({ keyPrefix, points, duration: 1 })
            : new TableRateLimiter(shared, limit),
        );
      opened.set(id, limiter);
      return limiter;
    },
  };
}

function toRateLimiter(counter: RateLimiterAbstract): RateLimiter {
  const { points: perSecond } = counter;
  return {
    perSecond,
    take: async (name, points) => {
      const customDuration = Math.min(Math.ceil(points / perSecond), maxSeconds);
      try {
        await counter.consume(name, points, { customDuration });
        return undefined;
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw toCountError(refused);
        return refused.isFirstInDuration ? undefined : Math.max(1, Math.ceil(refused.msBeforeNext));
      }
    },
  };
}

/** A lost count leaves nothing open: the request that is counted has not begun. */
function toCountError(error: unknown): unknown {
  const failure = toStoreError(error);
  if (!(failure instanceof StoreUnavailableError)) return failure;
  return new StoreUnavailableError(failure.message, "not-applied", { cause: failure });
}
