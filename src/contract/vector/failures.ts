import type { Violation } from "../../core/failure.js";
import { refusal, type FailureRow, type MessageParameters, type Refusal } from "../failures.js";
import { companionFailures } from "./companion-failures.js";
import { gatewayFailures } from "./gateway-failures.js";

/** Failures of the server itself: `pkg/util/merr` and the proxy's HTTP server. */
const serverFailures = [
  { name: "not-authenticated", status: 401, code: 1800, message: "user hasn't authenticated", kind: "unauthenticated", retry: "no" },
  {
    name: "no-privilege",
    status: 403,
    code: 65535,
    message: "rpc error: code = PermissionDenied desc = Privilege{privilege}: permission deny to {user} in the `{database}` database",
    kind: "permission-denied",
    retry: "no",
    recognise: { statuses: [403] },
  },
  { name: "unknown-path", status: 404, message: "404 page not found", kind: "not-found", retry: "no", plainText: true },
  { name: "not-json", status: 200, code: 1801, message: "can only accept json format request, error: {problem}", kind: "invalid-input", retry: "no" },
  {
    name: "missing-parameters",
    status: 200,
    code: 1802,
    message: "missing required parameters, required parameters: [{required}]",
    kind: "invalid-input",
    retry: "no",
  },
  { name: "invalid-data", status: 200, code: 1804, message: "fail to deal the insert data, error: {cause}", kind: "invalid-input", retry: "no" },
  { name: "database-not-found", status: 200, code: 800, message: "database not found, database: {database}", kind: "not-found", retry: "no" },
  {
    name: "collection-not-found",
    status: 200,
    code: 100,
    message: "can't find collection[database={database}][collection={collection}]",
    kind: "not-found",
    retry: "no",
  },
  {
    name: "collection-name-characters",
    status: 200,
    code: 1100,
    message: "Invalid collection name: {collection}.  collection name can only contain numbers, letters and underscores: invalid parameter",
    kind: "invalid-input",
    retry: "no",
    recognise: { message: /collection name can only contain numbers, letters and underscores/ },
  },
  {
    name: "collection-name-start",
    status: 200,
    code: 1100,
    message: "Invalid collection name: {collection}.  the first character of a collection name must be an underscore or letter: invalid parameter",
    kind: "invalid-input",
    retry: "no",
    recognise: { message: /the first character of a collection name must be/ },
  },
  {
    name: "collection-name-length",
    status: 200,
    code: 1100,
    message: "Invalid collection name: {collection}.  the length of a collection name must be less than 255 characters: invalid parameter",
    kind: "invalid-input",
    retry: "no",
    recognise: { message: /the length of a collection name must be less than/ },
  },
  {
    name: "auto-id-upsert",
    status: 200,
    code: 1100,
    message: "cannot upsert an autoID collection: invalid parameter[expected=autoID: false][actual=autoID: true]",
    kind: "invalid-input",
    retry: "no",
    recognise: { message: /^cannot upsert an autoID collection/ },
  },
  { name: "invalid-values", status: 200, code: 1100, message: "{cause}", kind: "invalid-input", retry: "no" },
  { name: "missing-parameter", status: 200, code: 1101, message: "missing parameter[missing_param={parameter}]", kind: "invalid-input", retry: "no" },
  {
    name: "request-too-large",
    status: 413,
    code: 1102,
    message: "parameter too large[message=the request exceeds {limit} {unit}]",
    kind: "payload-too-large",
    retry: "no",
    recognise: { statuses: [413] },
    limit: "request-size",
  },
  {
    name: "insert-too-large",
    status: 200,
    code: 1102,
    message: "parameter too large[message=insert request size exceeds maxInsertSize]",
    kind: "payload-too-large",
    retry: "no",
  },
  {
    name: "too-many-rows",
    status: 200,
    code: 90109,
    message: "The max insert batch rows should below {limit}.",
    kind: "payload-too-large",
    retry: "no",
    limit: "rows",
  },
  { name: "not-ready", status: 200, code: 1, otherCodes: [103, 106, 110, 202], message: "service not ready", kind: "not-ready", retry: "yes" },
  { name: "unavailable", status: 200, code: 2, otherCodes: [12], message: "service unavailable", kind: "unavailable", retry: "yes" },
  {
    name: "rate-limited",
    status: 200,
    code: 8,
    otherCodes: [4, 1807],
    message: "request is rejected by grpc RateLimiter middleware, please retry later: rate limit exceeded[rate={rate}]",
    kind: "rate-limited",
    retry: "yes",
  },
  { name: "quota-exceeded", status: 200, code: 9, message: "quota exceeded[reason={reason}]", kind: "rate-limited", retry: "no" },
  {
    name: "writes-denied",
    status: 200,
    code: 3,
    otherCodes: [7, 11, 108],
    message: "deny to write the message",
    kind: "unavailable",
    retry: "no",
    outcome: "not-applied",
  },
  {
    name: "schema-mismatch",
    status: 200,
    code: 109,
    message: "collection schema mismatch[collection={collection}]",
    kind: "conflict",
    retry: "no",
  },
  {
    name: "partition-not-found",
    status: 200,
    code: 200,
    message: "partition not found[partition={partition}]",
    kind: "not-found",
    retry: "no",
    recognise: { without: "data" },
  },
  { name: "credentials-refused", status: 200, code: 1400, message: "not authenticated", kind: "unauthenticated", retry: "no" },
  { name: "not-permitted", status: 200, code: 1401, message: "privilege not permitted", kind: "permission-denied", retry: "no" },
  { name: "deadline-exceeded", status: 200, code: 10001, message: "request timeout", kind: "timeout", retry: "only-if-idempotent" },
  {
    name: "unsupported-key",
    status: 200,
    code: 1806,
    message: "please check the primary key and its' type can only in [int, string], error: unsupported primary key data type",
    kind: "internal",
    retry: "no",
    recognise: { message: /unsupported primary key data type/ },
  },
  {
    name: "internal",
    status: 200,
    code: 5,
    otherCodes: [1000, 1001, 1002, 1003, 10000, 65535],
    message: "service internal error",
    kind: "internal",
    retry: "no",
    codePattern: /^/,
    recognise: { statuses: [200] },
  },
] as const satisfies readonly FailureRow[];

/** All that a client may meet, ours among them. */
export const vectorFailures: readonly FailureRow[] = [...companionFailures, ...serverFailures, ...gatewayFailures];

/** The second version says otherwise what is missing. */
export const vectorFailuresV2: readonly FailureRow[] = vectorFailures.map((row) =>
  row.name === "missing-parameters" ? { ...row, message: "missing required parameters, error: {problem}" } : row,
);

type VectorFailure = (typeof serverFailures | typeof companionFailures)[number]["name"];

/** A refusal by a row that is known to exist. */
export function refuse(failure: VectorFailure, parameters: MessageParameters = {}, violations: readonly Violation[] = []): Refusal {
  return refusal(failure, parameters, violations);
}

/** 1100 for a parameter that is wrong in a way that has no row of its own. */
export function refuseParameter({ field, rule, cause }: { readonly field: string; readonly rule: string; readonly cause: string }): Refusal {
  return refuse("invalid-values", { cause }, [{ field, rule, message: cause }]);
}
