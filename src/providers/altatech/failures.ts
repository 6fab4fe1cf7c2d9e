import { defineFailures } from "../../contract/failures/failure-table.js";
import { documentedBy, type RowDeclaration } from "../../contract/failures/failure-row.js";
import { maxCsvMegabytes } from "./import/csv-size.js";

const altatechInvalid = { kind: "invalid-input" } as const;
const altatechDenied = { kind: "permission-denied" } as const;
const altatechUnauthenticated = { kind: "unauthenticated" } as const;
const altatechRateLimited = { kind: "rate-limited", retry: "yes" } as const;
const altatechUnsure = { retry: "only-if-idempotent" } as const;

/** Parameter errors of the embedded service that share code 40000 and that a client tells apart by their text. */
const altatechParameterRows = [
  {
    name: "too-many-records",
    status: 400,
    code: 40000,
    message: "Parameter error: `records` holds {actual} records, at most {limit} are allowed.",
    recognise: { message: /`records` holds \S+ records/ },
    ...altatechInvalid,
  },
  {
    name: "csv-too-large",
    status: 400,
    code: 40000,
    message: `Parameter error: the CSV form of \`records\` has {actual} bytes, at most {limit} are allowed (${maxCsvMegabytes} MB unless configured).`,
    recognise: { message: /the CSV form of `records`/ },
    ...altatechInvalid,
  },
  {
    name: "body-too-large",
    status: 400,
    code: 40000,
    message: "Parameter error: the body has {actual} bytes, at most {limit} are accepted.",
    recognise: { message: /the body has \S+ bytes/ },
    ...altatechInvalid,
  },
  { name: "parameter-error", status: 400, code: 40000, message: "Parameter error: {problem}", ...altatechInvalid },
] as const satisfies readonly RowDeclaration[];

const altatechCallerRows = [
  {
    name: "authentication-failed",
    status: 401,
    code: 40127,
    message: "Developer authentication failed",
    ...altatechUnauthenticated,
  },
  {
    name: "credentials-expired",
    status: 401,
    code: 40107,
    message: "The credentials have expired",
    ...altatechUnauthenticated,
  },
  {
    name: "bot-not-accessible",
    status: 401,
    code: 40113,
    message: "Unauthorised access to the bot",
    ...altatechDenied,
  },
  {
    name: "calls-per-minute",
    status: 400,
    code: 40008,
    message: "The request limit per minute of the bot is exceeded",
    ...altatechRateLimited,
  },
  {
    name: "plan-upgrade-needed",
    status: 403,
    code: 40353,
    message: "Only available after an upgrade of the plan",
    ...altatechDenied,
  },
  {
    name: "api-switched-off",
    status: 400,
    code: 20055,
    message: "The API is switched off for the bot",
    ...altatechDenied,
  },
] as const satisfies readonly RowDeclaration[];

const altatechTableRows = [
  { name: "table-not-found", status: 403, code: 403106, message: "Table not found", kind: "not-found" },
  { name: "table-not-accessible", status: 403, code: 403131, message: "No access to the table", ...altatechDenied },
  {
    name: "table-name-invalid",
    status: 403,
    code: 403100,
    message: "Invalid table name: {problem}",
    ...altatechInvalid,
  },
  {
    name: "table-description-invalid",
    status: 403,
    code: 403101,
    message: "Invalid table description: {problem}",
    ...altatechInvalid,
  },
  {
    name: "field-count-invalid",
    status: 403,
    code: 403102,
    message: "Invalid number of fields: {problem}",
    ...altatechInvalid,
  },
  {
    name: "field-name-invalid",
    status: 403,
    code: 403103,
    message: "Invalid field name: {problem}",
    ...altatechInvalid,
  },
  {
    name: "field-description-invalid",
    status: 403,
    code: 403104,
    message: "Invalid field description: {problem}",
    ...altatechInvalid,
  },
  {
    name: "field-type-invalid",
    status: 403,
    code: 403105,
    message: "Invalid field type: {problem}",
    ...altatechInvalid,
  },
  {
    name: "too-many-fields",
    status: 403,
    code: 403111,
    message: "Too many fields: `fields` holds {actual}, at most {limit} are allowed.",
    ...altatechInvalid,
  },
  {
    name: "table-name-exists",
    status: 403,
    code: 403108,
    message: "The bot has a table of that name already",
    kind: "conflict",
  },
] as const satisfies readonly RowDeclaration[];

/**
 * Undocumented codes: the first digit decides. The row's own code is a placeholder and is not on the wire of the
 * service.
 */
const altatechOtherRows = [
  {
    name: "other-caller-error",
    status: 400,
    code: 40099,
    codePattern: /^4\d{4,5}$/,
    message: "The request was refused",
    ...altatechInvalid,
  },
  {
    name: "other-service-error",
    status: 500,
    code: 50099,
    codePattern: /^5\d{4,5}$/,
    message: "The service failed",
    kind: "internal",
    ...altatechUnsure,
  },
] as const satisfies readonly RowDeclaration[];

/** Replies of a gateway in front of the service: a reply that is not JSON leaves the outcome open. */
const altatechGatewayRows = [
  {
    name: "gateway-rate-limit",
    status: 429,
    message: "Too Many Requests",
    plainText: true,
    recognise: { statuses: [429] },
    ...altatechRateLimited,
    source: "altatech.ai API documentation, overview: rate limits",
  },
  {
    name: "gateway-timeout",
    status: 504,
    message: "Gateway Timeout",
    plainText: true,
    recognise: { statuses: [504] },
    kind: "unavailable",
    ...altatechUnsure,
  },
  {
    name: "unreadable-answer",
    status: 200,
    message: "The reply is not JSON",
    plainText: true,
    recognise: { statuses: ["2xx", "3xx", "4xx"], text: true },
    kind: "unavailable",
    ...altatechUnsure,
  },
] as const satisfies readonly RowDeclaration[];

/**
 * The failures of all calls below /v1/database. No document states the status of a failure: its code implies the
 * status.
 */
export const altatechFailures = defineFailures({
  source:
    "altatech.ai API, Add Table Data (2025-10-20): codes 40000 and 50000; status and rest of the text: Recordgate",
  serviceFailures: {
    internal: { name: "internal-error", status: 500, code: 50000, message: "Internal system error" },
    unavailable: {
      status: 503,
      code: 50300,
      message: "The service is unavailable, nothing was done.",
      source: "Recordgate: no document names a code",
    },
    interrupted: {
      status: 500,
      code: 50000,
      message: "Internal system error: the connection to the database was lost while the task was being committed.",
      recognise: { message: /the connection to the database was lost/ },
    },
    unknownPath: {
      status: 400,
      code: 40000,
      message: "Parameter error: there is no such path or method.",
      recognise: { message: /no such path/ },
      ...altatechInvalid,
    },
  },
  malformed: "parameter-error",
  tooLarge: "body-too-large",
  rows: [
    ...documentedBy(
      "altatech.ai API, Add Table Data (2025-10-20): limits and code 40000; status and rest of the text: Recordgate",
      altatechParameterRows,
    ),
    ...documentedBy("GPTBots API, database endpoints, error codes; status: Recordgate", altatechCallerRows),
    ...documentedBy(
      "GPTBots API, database endpoints (Create Table and its siblings), error codes; status: Recordgate",
      altatechTableRows,
    ),
    ...documentedBy("Recordgate: the first digit of a code that no document names", altatechOtherRows),
    ...documentedBy("RFC 9110, HTTP Semantics, section 15 (status codes)", altatechGatewayRows),
  ],
});
