import { stringifyJson } from "../../src/json/stringify.js";
import type { ContractReply } from "../../src/contract/message.js";
import { violationsHeader, writeViolations } from "../../src/contract/violations-header.js";

/** The HTTP response of a service that gives the reply. */
export function toResponse({ status, headers, body, violations }: ContractReply): Response {
  const text = typeof body === "string" ? body : body === undefined ? "" : stringifyJson(body);
  const sent = new Headers(headers);
  if (violations !== undefined) sent.set(violationsHeader, writeViolations(violations));
  return new Response(text, { status, headers: sent });
}
