import { documentedBy, type SourcedRow } from "./failure-row.js";

/** A failure between client and service does not prove that nothing was stored. */
const gatewayUnsure = { retry: "only-if-idempotent", plainText: true } as const;

/** A page that refuses: its status gives the kind, and it proves as little. */
const refusalPage = { ...gatewayUnsure, outcome: "unknown" } as const;

/**
 * Replies outside every contract: a proxy, a gateway or a load balancer answers with a page, an empty body or its own
 * JSON. They come after the rows of the contract, in this order. A row of the contract with the same name, or one that
 * the same reply finds, replaces its counterpart here. Only a rate limit is refused before the request is handed on.
 */
export const gatewayFailures: readonly SourcedRow[] = documentedBy(
  "RFC 9110, HTTP Semantics, section 15 (status codes)",
  [
    {
      name: "gateway-rate-limit",
      status: 429,
      message: "Too Many Requests",
      kind: "rate-limited",
      retry: "yes",
      plainText: true,
      recognise: { statuses: [429] },
    },
    {
      name: "gateway-timeout",
      status: 504,
      message: "Gateway Timeout",
      kind: "timeout",
      recognise: { statuses: [408, 504] },
      ...gatewayUnsure,
    },
    {
      name: "gateway-unavailable",
      status: 503,
      message: "Service Unavailable",
      kind: "unavailable",
      recognise: { statuses: [503] },
      ...gatewayUnsure,
    },
    {
      name: "gateway-failure",
      status: 502,
      message: "Bad Gateway",
      kind: "unavailable",
      recognise: { statuses: ["5xx"] },
      ...gatewayUnsure,
    },
    {
      name: "unreadable-answer",
      status: 200,
      message: "The answer is not JSON",
      kind: "unavailable",
      recognise: { statuses: ["2xx", "3xx"], text: true },
      ...gatewayUnsure,
    },
    {
      name: "gateway-unauthenticated",
      status: 401,
      message: "Unauthorized",
      kind: "unauthenticated",
      recognise: { statuses: [401] },
      ...refusalPage,
    },
    {
      name: "gateway-forbidden",
      status: 403,
      message: "Forbidden",
      kind: "permission-denied",
      recognise: { statuses: [403] },
      ...refusalPage,
    },
    {
      name: "gateway-not-found",
      status: 404,
      message: "Not Found",
      kind: "not-found",
      recognise: { statuses: [404, 410] },
      ...refusalPage,
    },
    {
      name: "gateway-conflict",
      status: 409,
      message: "Conflict",
      kind: "conflict",
      recognise: { statuses: [409] },
      ...refusalPage,
    },
    {
      name: "gateway-too-large",
      status: 413,
      message: "Content Too Large",
      kind: "payload-too-large",
      recognise: { statuses: [413] },
      ...refusalPage,
    },
    {
      name: "invalid",
      status: 400,
      message: "Bad Request",
      kind: "invalid-input",
      recognise: { statuses: ["4xx"] },
      ...refusalPage,
    },
  ],
);

/** Whether the row stands for a reply outside the contract. */
export function isGatewayRow(row: object): boolean {
  return gatewayFailures.some((each) => each === row);
}
