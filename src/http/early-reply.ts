import type { ContractReply } from "../contract/message.js";
import { OverloadError } from "../core/overload-error.js";
import { stringifyJson } from "../json/stringify.js";

/** A failure before GraphQL, or on a path of the program itself. */
export interface OwnError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Of a request whose answer hides the cause. */
  readonly requestId?: string;
}

/** The body has the form of a GraphQL error. */
export function toOwnBody({ message, code, requestId }: OwnError) {
  return { errors: [{ message, extensions: { code, ...(requestId !== undefined && { requestId }) } }] };
}

export function toOwnReply(error: OwnError): ContractReply {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status: error.status, headers, body: toOwnBody(error) };
}

/** The error of a request for which the server has no room. */
export function toOverloadError({ message }: OverloadError): OwnError {
  return { status: 503, code: "SERVICE_UNAVAILABLE", message };
}

export function ownOverloadReply(): ContractReply {
  const error = new OverloadError();
  const { headers, ...reply } = toOwnReply(toOverloadError(error));
  return { ...reply, headers: { ...headers, "retry-after": String(error.retryAfterSeconds) } };
}

export function toResponseText(body: ContractReply["body"]): string | undefined {
  return typeof body === "string" || body === undefined ? body : stringifyJson(body);
}
