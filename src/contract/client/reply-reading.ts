import { quoteText } from "../../json/quote.js";
import type { ContractResult } from "../call.js";
import type { ContractReply } from "../message.js";
import type { FailedCall } from "./failed-call.js";
import { unmasked } from "./mask.js";
import { contradicted, maskViolations, maxToldLength, readFailure, unreadable } from "./failure-reading.js";

/** @throws ProviderFailure for a reply that is not a success */
export function readReply(called: FailedCall, reply: ContractReply): ContractResult<unknown> {
  const { contract, request, mask = unmasked } = called;
  if (reply.status < 200 || reply.status > 299 || !contract.succeeded(reply, request)) throw readFailure(called, reply);
  const parsed = contract.reply.safeParse(reply.body);
  if (!parsed.success) throw unreadable(called, reply, parsed.error);
  // A success that is followed by another value, such as an error, proves nothing.
  if (reply.hasMoreValues) throw unreadable(called, reply);
  return {
    reply: parsed.data,
    headers: Object.fromEntries(Object.entries(reply.headers).map(([name, value]) => [name, mask(value)])),
    violations: maskViolations(called, reply.violations ?? []),
    collectionId: reply.collectionId,
    tell: (text) => quoteText(mask(text), maxToldLength),
    contradict: (problem) => contradicted(called, reply, problem),
  };
}
