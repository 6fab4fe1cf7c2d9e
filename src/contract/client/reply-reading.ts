import type { ProviderFailure } from "../../core/failure.js";
import { quoteText } from "../../json/quote.js";
import type { ContractResult } from "../call.js";
import type { ContractReply, Headers } from "../message.js";
import type { FailedCall } from "./failed-call.js";
import { type Mask, unmasked } from "./mask.js";
import { contradicted, maskViolations, maxToldLength, readFailure, unreadable } from "./failure-reading.js";

/** @throws ProviderFailure for a reply that is not a success */
export function readReply(called: FailedCall, reply: ContractReply): ContractResult<unknown> {
  const { contract, request } = called;
  if (reply.status < 200 || reply.status > 299 || !contract.succeeded(reply, request)) throw readFailure(called, reply);
  const parsed = contract.reply.safeParse(reply.body);
  if (!parsed.success) throw unreadable(called, reply, parsed.error);
  // A success that is followed by another value, such as an error, proves nothing.
  if (reply.hasMoreValues) throw unreadable(called, reply);
  return new ReadReply(called, reply, parsed.data);
}

/**
 * Its headers are masked when they are read, which few contracts do. Its methods stand on the prototype: V8 puts a
 * function literal that is assigned to a property among the old values at once, where it keeps the request from the
 * collector of young ones.
 */
class ReadReply implements ContractResult<unknown> {
  readonly reply: unknown;
  readonly violations: ContractResult<unknown>["violations"];
  readonly #called: FailedCall;
  readonly #reply: ContractReply;

  constructor(called: FailedCall, reply: ContractReply, value: unknown) {
    this.reply = value;
    this.violations = maskViolations(called, reply.violations ?? []);
    this.#called = called;
    this.#reply = reply;
  }

  get headers(): Headers {
    return Object.fromEntries(Object.entries(this.#reply.headers).map(([name, value]) => [name, this.#mask(value)]));
  }

  get collectionId(): string | undefined {
    return this.#reply.collectionId;
  }

  tell(text: string): string {
    return quoteText(this.#mask(text), maxToldLength);
  }

  contradict(problem: string): ProviderFailure {
    return contradicted(this.#called, this.#reply, problem);
  }

  get #mask(): Mask {
    return this.#called.mask ?? unmasked;
  }
}
