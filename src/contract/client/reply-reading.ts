import { quoteText } from "../../json/quote.js";
import type { ContractResult } from "../call.js";
import type { ContractReply, Headers } from "../message.js";
import type { FailedCall } from "./failed-call.js";
import { type Mask, unmasked } from "./mask.js";
import { contradicted, maskViolations, maxToldLength, readFailure, unreadable } from "./failure-reading.js";

/** @throws ProviderFailure for a reply that is not a success */
export function readReply(called: FailedCall, reply: ContractReply): ContractResult<unknown> {
  const { contract, request, mask = unmasked } = called;
  if (reply.status < 200 || reply.status > 299 || !contract.succeeded(reply, request)) throw readFailure(called, reply);
  const parsed = contract.reply.safeParse(reply.body);
  if (!parsed.success) throw unreadable(called, reply, parsed.error);
  // A success that is followed by another value, such as an error, proves nothing.
  if (reply.hasMoreValues) throw unreadable(called, reply);
  return new ReadReply(called, { reply, value: parsed.data, mask });
}

/** Its headers are masked when they are read, which few contracts do. */
class ReadReply implements ContractResult<unknown> {
  readonly reply: unknown;
  readonly violations: ContractResult<unknown>["violations"];
  readonly collectionId: string | undefined;
  readonly tell: ContractResult<unknown>["tell"];
  readonly contradict: ContractResult<unknown>["contradict"];
  readonly #headers: Headers;
  readonly #mask: Mask;

  constructor(
    called: FailedCall,
    { reply, value, mask }: { readonly reply: ContractReply; readonly value: unknown; readonly mask: Mask },
  ) {
    this.reply = value;
    this.violations = maskViolations(called, reply.violations ?? []);
    this.collectionId = reply.collectionId;
    this.tell = (text) => quoteText(mask(text), maxToldLength);
    this.contradict = (problem) => contradicted(called, reply, problem);
    this.#headers = reply.headers;
    this.#mask = mask;
  }

  get headers(): Headers {
    return Object.fromEntries(Object.entries(this.#headers).map(([name, value]) => [name, this.#mask(value)]));
  }
}
