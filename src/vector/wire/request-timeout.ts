import type { Check } from "../../contract/check.js";
import { int64Range } from "../../json/int64.js";
import { quoteText } from "../../json/quote.js";
import { refuseParameter, type VectorRow } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";

/**
 * The header `Request-Timeout` of the second version of the interface, in whole seconds. From milvus-io/milvus,
 * internal/distributed/proxy/httpserver/timeout_middleware.go of the master branch: the time counts from the check of
 * the credentials on; after it the answer is HTTP 408 with code 10001 and `request timeout`, at once for 0 and less.
 * That server gives a call without the header 30 s (`proxy.http.requestTimeoutMs`); here such a call has no limit. The
 * first version of the interface does not know the header (handler_v1.go).
 */
export const requestTimeout = {
  check: "time-limit",
  header: "request-timeout",
  readMs: (value) => {
    const problem = findIntegerFault(value);
    if (problem === undefined) return Number(value) * 1000;
    const cause = invalidParameter(
      `Request-Timeout parse failed, err: strconv.ParseInt: parsing "${quoteText(value)}": ${problem}`,
    );
    return refuseParameter({ field: "Request-Timeout", rule: "integer", cause });
  },
  failure: "deadline-exceeded",
} as const satisfies Check<VectorRow, never, "time-limit">;

/** In the words of Go's ParseInt; undefined for an integer of 64 bits. */
function findIntegerFault(value: string): string | undefined {
  if (!/^[+-]?\d+$/.test(value)) return "invalid syntax";
  const integer = BigInt(value);
  return integer < int64Range.min || integer > int64Range.max ? "value out of range" : undefined;
}
