import { defineFailures, type FailureTable, type ServiceFailureForms } from "../../contract/failures/failure-table.js";
import type { FailureRow, RefusalError } from "../../contract/failures/failure-row.js";
import { cloudFailures, formlessFailures } from "./cloud-failures.js";
import { managementFailures } from "./management-failures.js";

/** Failures of the server itself. */
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
  { name: "not-json", status: 200, code: 1801, message: "can only accept json format request, error: {problem}", kind: "invalid-input", retry: "no" },
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
    source: "Zilliz Cloud documentation, error codes of the RESTful API; the number of rows: Insert Records to Collection",
  },
  { name: "not-ready", status: 200, code: 1, otherCodes: [103, 106, 110, 202], message: "service not ready", kind: "not-ready", retry: "yes" },
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
] as const satisfies readonly FailureRow[];

/** The versions of the interface differ in the message for a missing parameter. */
const missing = { name: "missing-parameters", status: 200, code: 1802, kind: "invalid-input", retry: "no" } as const;

const vectorServiceFailures = {
  internal: {
    status: 200,
    code: 5,
    otherCodes: [1000, 1001, 1002, 1003, 10000, 65535],
    message: "service internal error",
    retry: "no",
    codePattern: /^/,
    recognise: { statuses: [200] },
  },
  unavailable: { status: 200, code: 2, otherCodes: [12], message: "service unavailable" },
  interrupted: {
    status: 500,
    message: "the server failed before it could answer",
    plainText: true,
    recognise: { message: /^the server failed before/, text: true },
    source: "Recordgate: the servers drop the connection",
  },
  unknownPath: {
    status: 404,
    message: "404 page not found",
    plainText: true,
    recognise: { message: /^404 page not found/, text: true },
    source: "The router of the server: gin-gonic/gin, gin.go",
  },
} as const satisfies ServiceFailureForms;

const sharedRows = [...managementFailures, ...serverFailures, ...cloudFailures, ...formlessFailures] as const;
const usual = {
  source: "milvus-io/milvus: pkg/util/merr and internal/distributed/proxy/httpserver, branches 2.3 to 3.0",
  serviceFailures: vectorServiceFailures,
  malformed: "bad-request",
  unstorable: "invalid-data",
  tooLarge: "request-too-large",
} as const;

/** The failures of the first version of the interface. */
export const vectorFailures = defineFailures({
  ...usual,
  rows: [...sharedRows, { ...missing, message: "missing required parameters, required parameters: [{required}]" }],
});

/** The failures of the second version, with another message for a missing parameter. */
export const vectorFailuresV2 = defineFailures({ ...usual, rows: [...sharedRows, { ...missing, message: "missing required parameters, error: {problem}" }] });

/** The failures of an endpoint that takes a definition instead of rows: a value that cannot be stored is an invalid parameter. */
export function ofDefinitions<Row extends FailureRow>(failures: FailureTable<Row>): FailureTable<Row> {
  return { ...failures, serviceFailures: { ...failures.serviceFailures, unstorable: "invalid-values" } };
}

export type VectorRow = (typeof vectorFailures | typeof vectorFailuresV2)["rows"][number];

/** 1100 for a parameter fault without a row of its own. */
export function refuseParameter({ field, rule, cause }: { readonly field: string; readonly rule: string; readonly cause: string }): RefusalError {
  return vectorFailures.refuse("invalid-values", { cause }, [{ field, rule, message: cause }]);
}
