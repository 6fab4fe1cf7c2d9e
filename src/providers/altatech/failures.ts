import type { FailureRow } from "../../contract/failures.js";

const invalid = { kind: "invalid-input", retry: "no" } as const;
const denied = { kind: "permission-denied", retry: "no" } as const;
const unauthenticated = { kind: "unauthenticated", retry: "no" } as const;
const rateLimited = { kind: "rate-limited", retry: "yes" } as const;
const unsure = { retry: "only-if-idempotent" } as const;

/** What we refuse as a parameter error and can tell apart again by the text. */
const parameterRows: readonly FailureRow[] = [
  {
    name: "too-many-records",
    status: 400,
    code: 40000,
    message: "Parameter error: `records` holds {actual} records, at most {limit} are allowed.",
    recognise: { message: /`records` holds \S+ records/ },
    limit: "records",
    ...invalid,
  },
  {
    name: "csv-too-large",
    status: 400,
    code: 40000,
    message: "Parameter error: the CSV form of `records` has {actual} bytes, at most {limit} are allowed (10 MB unless configured).",
    recognise: { message: /the CSV form of `records`/ },
    limit: "csv",
    ...invalid,
  },
  {
    name: "body-too-large",
    status: 400,
    code: 40000,
    message: "Parameter error: the body has {actual} bytes, at most {limit} are taken in.",
    recognise: { message: /the body has \S+ bytes/ },
    ...invalid,
  },
  {
    name: "unknown-path",
    status: 400,
    code: 40000,
    message: "Parameter error: there is no such path or method.",
    recognise: { message: /no such path/ },
    ...invalid,
  },
  { name: "parameter-error", status: 400, code: 40000, message: "Parameter error: {problem}", ...invalid },
];

const callerRows: readonly FailureRow[] = [
  { name: "authentication-failed", status: 401, code: 40127, message: "Developer authentication failed", ...unauthenticated },
  { name: "credentials-expired", status: 401, code: 40107, message: "The credentials have expired", ...unauthenticated },
  { name: "bot-not-accessible", status: 401, code: 40113, message: "Unauthorised access to the bot", ...denied },
  { name: "calls-per-minute", status: 400, code: 40008, message: "The request limit per minute of the bot is exceeded", ...rateLimited },
  { name: "plan-upgrade-needed", status: 403, code: 40353, message: "Only available after an upgrade of the plan", ...denied },
  { name: "api-switched-off", status: 400, code: 20055, message: "The API is switched off for the bot", ...denied },
];

const tableRows: readonly FailureRow[] = [
  { name: "table-not-found", status: 403, code: 403106, message: "Table not found", kind: "not-found", retry: "no" },
  { name: "table-not-accessible", status: 403, code: 403131, message: "No access to the table", ...denied },
  { name: "table-name-invalid", status: 403, code: 403100, message: "Invalid table name: {problem}", ...invalid },
  { name: "table-description-invalid", status: 403, code: 403101, message: "Invalid table description: {problem}", ...invalid },
  { name: "field-count-invalid", status: 403, code: 403102, message: "Invalid number of fields: {problem}", ...invalid },
  { name: "field-name-invalid", status: 403, code: 403103, message: "Invalid field name: {problem}", ...invalid },
  { name: "field-description-invalid", status: 403, code: 403104, message: "Invalid field description: {problem}", ...invalid },
  { name: "field-type-invalid", status: 403, code: 403105, message: "Invalid field type: {problem}", ...invalid },
  { name: "too-many-fields", status: 403, code: 403111, message: "Too many fields: `fields` holds {actual}, at most {limit} are allowed.", ...invalid },
  { name: "table-name-exists", status: 403, code: 403108, message: "The bot has a table of that name already", kind: "conflict", retry: "no" },
];

const serviceRows: readonly FailureRow[] = [
  {
    name: "interrupted",
    status: 500,
    code: 50000,
    message: "Internal system error: the connection to the database was lost while the task was being committed.",
    recognise: { message: /the connection to the database was lost/ },
    kind: "unavailable",
    ...unsure,
  },
  { name: "internal-error", status: 500, code: 50000, message: "Internal system error", kind: "internal", ...unsure },
  { name: "unavailable", status: 503, code: 50300, message: "The service is unavailable, nothing was done.", kind: "unavailable", retry: "yes" },
];

/** Codes that no document names go by their first digit; the row's own code only stands for them. */
const otherRows: readonly FailureRow[] = [
  { name: "other-caller-error", status: 400, code: 40099, codePattern: /^4\d{4,5}$/, message: "The request was refused", ...invalid },
  { name: "other-service-error", status: 500, code: 50099, codePattern: /^5\d{4,5}$/, message: "The service failed", kind: "internal", ...unsure },
];

/** What stands before the service answers in its own words. */
const gatewayRows: readonly FailureRow[] = [
  { name: "gateway-rate-limit", status: 429, message: "Too Many Requests", plainText: true, recognise: { statuses: [429] }, ...rateLimited },
  {
    name: "gateway-unavailable",
    status: 503,
    message: "Service Unavailable",
    plainText: true,
    recognise: { statuses: [503], text: true },
    kind: "unavailable",
    retry: "yes",
  },
  {
    name: "gateway-failure",
    status: 502,
    message: "Bad Gateway",
    plainText: true,
    recognise: { statuses: [502, 504] },
    kind: "unavailable",
    ...unsure,
  },
  { name: "not-json", status: 500, message: "The reply is not JSON", plainText: true, recognise: { text: true }, kind: "unavailable", ...unsure },
];

/** Of all calls below /v1/database. The status of a failure is nowhere documented: it follows from the code. */
export const failures: readonly FailureRow[] = [
  ...parameterRows,
  ...callerRows,
  ...tableRows,
  ...serviceRows,
  ...otherRows,
  ...gatewayRows,
];
