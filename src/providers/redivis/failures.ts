import type { FailureRow } from "../../contract/failures.js";

/** The codes carried a suffix once. */
function invalidRequest(row: Pick<FailureRow, "name" | "message" | "recognise">): FailureRow {
  return { status: 400, code: "invalid_request", otherCodes: ["invalid_request_error"], kind: "invalid-input", retry: "no", ...row };
}

const requestRows: readonly FailureRow[] = [
  invalidRequest({ name: "bad-value", message: "row {row}, variable {variable}: {reason}", recognise: { message: /^row \S+, variable / } }),
  invalidRequest({ name: "bad-row", message: "row {row}: {reason}", recognise: { message: /^row \S+: / } }),
  invalidRequest({
    name: "version-released",
    message: "Version {version} of the dataset is released and locked: name the version next.",
    recognise: { message: /^Version \S+ of the dataset is released/ },
  }),
  invalidRequest({
    name: "upload-not-stream",
    message: "The upload is of type {type}: only an upload of type stream takes rows.",
    recognise: { message: /^The upload is of type/ },
  }),
  invalidRequest({
    name: "names-disagree",
    message: "A name of the reference is not that of its id, which strictReferences asks for.",
    recognise: { message: /strictReferences/ },
  }),
  invalidRequest({ name: "ids-missing", message: "The reference lacks an id, which exactReferences asks for.", recognise: { message: /exactReferences/ } }),
  invalidRequest({
    name: "too-many-variables",
    message: "`schema` has {actual} variables, at most {limit} are allowed.",
    recognise: { message: /^`schema` has \S+ variables/ },
  }),
  invalidRequest({ name: "invalid-request", message: "{problem}" }),
];

const invalidToken = { status: 401, code: "invalid_token", otherCodes: ["invalid_token_error"], kind: "unauthenticated", retry: "no" } as const;
const denied = { status: 403, kind: "permission-denied", retry: "no" } as const;
const notFound = { status: 404, code: "not_found", otherCodes: ["not_found_error"], kind: "not-found", retry: "no" } as const;

const callerRows: readonly FailureRow[] = [
  { name: "no-credentials", message: "No credentials were provided.", recognise: { message: /^No credentials/ }, ...invalidToken },
  { name: "invalid-token", message: "The access token is unknown or has expired.", ...invalidToken },
  {
    name: "insufficient-scope",
    code: "insufficient_scope",
    otherCodes: ["insufficient_scope_error"],
    message: "The access token lacks the scope {scope}.",
    ...denied,
  },
  { name: "access-denied", code: "access_denied", otherCodes: ["access_denied_error"], message: "Edit access to the dataset is required.", ...denied },
];

const resourceRows: readonly FailureRow[] = [
  { name: "unknown-path", message: "There is no such path or method.", recognise: { message: /no such path/ }, ...notFound },
  { name: "not-found", message: "{what} not found", ...notFound },
  { name: "conflict", status: 409, code: "conflict", otherCodes: ["conflict_error"], message: "The name is taken.", kind: "conflict", retry: "no" },
  {
    name: "payload-too-large",
    status: 413,
    code: "payload_too_large",
    otherCodes: ["payload_too_large_error"],
    message: "The body has {actual} bytes, at most {limit} are allowed (100 MB unless configured).",
    kind: "payload-too-large",
    retry: "no",
    limit: "request-size",
  },
];

const unsure = { retry: "only-if-idempotent" } as const;
const tooOften = { status: 429, message: "Too many requests, please try again later.", kind: "rate-limited", retry: "yes" } as const;
const unavailable = { kind: "unavailable", retry: "yes" } as const;

const serviceRows: readonly FailureRow[] = [
  { name: "too-many-requests", code: "too_many_requests", otherCodes: ["too_many_requests_error"], ...tooOften },
  {
    name: "interrupted",
    status: 500,
    code: "internal_error",
    message: "The connection to the database was lost while the rows were being committed.",
    recognise: { message: /^The connection to the database was lost/ },
    kind: "unavailable",
    ...unsure,
  },
  { name: "internal-error", status: 500, code: "internal_error", message: "An unexpected error occurred.", kind: "internal", ...unsure },
  { name: "unavailable", status: 503, code: "unavailable", otherCodes: ["unavailable_error"], message: "The service is busy, nothing was done.", ...unavailable },
];

/** What stands before the service answers in its own words, or with a page. */
const gatewayRows: readonly FailureRow[] = [
  { name: "gateway-rate-limit", plainText: true, recognise: { statuses: [429], text: true }, ...tooOften },
  { name: "gateway-unavailable", status: 503, message: "Service Unavailable", plainText: true, recognise: { statuses: [503], text: true }, ...unavailable },
  { name: "gateway-failure", status: 502, message: "Bad Gateway", plainText: true, recognise: { statuses: [502] }, kind: "unavailable", ...unsure },
  { name: "gateway-timeout", status: 504, message: "Gateway Timeout", plainText: true, recognise: { statuses: [408, 504] }, kind: "timeout", ...unsure },
  {
    name: "not-json",
    status: 200,
    message: "The reply is not JSON",
    plainText: true,
    recognise: { statuses: [200, 201, 301, 302, 303, 307, 308], text: true },
    kind: "unavailable",
    ...unsure,
  },
];

/** Of all calls below /api/v1. */
export const failures: readonly FailureRow[] = [...requestRows, ...callerRows, ...resourceRows, ...serviceRows, ...gatewayRows];
