import type { ProviderCaller } from "../../core/access/caller.js";
import type { IdSource } from "../../core/clock.js";
import type { RateLimiter } from "../../core/access/rate-limit.js";
import type { Contract } from "../contract.js";
import { placeholdersOf, type MessageParameters } from "../failures/failure-row.js";
import { gatewayFailures } from "../failures/gateway-failures.js";
import type { ContractReply, ContractRequest } from "../message.js";
import { writeFailure } from "./failure-reply.js";

/** The key of the caller has used up its requests or records. */
export class KeyRateError extends Error {
  readonly perSecond: number;
  readonly retryAfterMs: number;

  constructor({ perSecond }: RateLimiter, retryAfterMs: number) {
    super("the key has used up its rate");
    this.name = "KeyRateError";
    this.perSecond = perSecond;
    this.retryAfterMs = retryAfterMs;
  }
}

/** @throws KeyRateError, StoreUnavailableError */
export async function takeFromKey(
  limiter: RateLimiter,
  { rateKey }: ProviderCaller,
  count: () => number,
): Promise<void> {
  if (rateKey === undefined) return;
  const points = count();
  const retryAfterMs = points === 0 ? undefined : await limiter.take(rateKey, points);
  if (retryAfterMs !== undefined) throw new KeyRateError(limiter, retryAfterMs);
}

interface RefusedKey {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly error: KeyRateError;
  readonly ids: Pick<IdSource, "uuid">;
}

/** The row of the contract for too many calls, else the one for an unavailable service, with `Retry-After`. */
export function toKeyRateReply({ contract, request, error, ids }: RefusedKey): ContractReply {
  const { perSecond, retryAfterMs } = error;
  const parameters = { limit: perSecond, rate: perSecond };
  const failure = findRateRow(contract, parameters) ?? contract.serviceFailures.unavailable;
  const { headers, ...reply } = writeFailure({ contract, request, details: { failure, parameters }, ids });
  return { ...reply, headers: { ...headers, "retry-after": String(Math.ceil(retryAfterMs / 1000)) } };
}

/** The name of the first row of its own that asks for a repeat and whose message the parameters fill. */
function findRateRow({ failures }: Contract, parameters: MessageParameters): string | undefined {
  return failures.find(
    (row) =>
      row.kind === "rate-limited" &&
      row.retry === "yes" &&
      !gatewayFailures.includes(row) &&
      placeholdersOf(row.message).every((name) => name in parameters),
  )?.name;
}
