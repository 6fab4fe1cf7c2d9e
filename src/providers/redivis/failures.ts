import { defineFailures } from "../../contract/failures/failure-table.js";
import { documentedBy, type RowDeclaration } from "../../contract/failures/failure-row.js";

/** `invalid_request_error` is the former spelling of the code. */
const invalidRequest = {
  status: 400,
  code: "invalid_request",
  otherCodes: ["invalid_request_error"],
  kind: "invalid-input",
} as const;

const generalStructure =
  "Redivis REST API, general structure (https://docs.redivis.com/api/rest-api/general-structure)";
const officialClients = "official Redivis clients (Python 0.20.10, R 0.12.12, JavaScript 0.3.10)";

const redivisRequestRows = [
  {
    name: "bad-value",
    message: "row {row}, variable {variable}: {reason}",
    recognise: { message: /^row \S+, variable / },
    ...invalidRequest,
  },
  { name: "bad-row", message: "row {row}: {reason}", recognise: { message: /^row \S+: / }, ...invalidRequest },
  {
    name: "version-released",
    source: "Redivis REST API, uploads: a released version is locked; code and text: Recordgate",
    message: "Version {version} of the dataset is released and locked: name the version next.",
    recognise: { message: /^Version \S+ of the dataset is released/ },
    ...invalidRequest,
  },
  {
    name: "upload-not-stream",
    source: "Redivis REST API, insertRows: an upload of type stream; code and text: Recordgate",
    message: "The upload is of type {type}: only an upload of type stream takes rows.",
    recognise: { message: /^The upload is of type/ },
    ...invalidRequest,
  },
  {
    name: "names-disagree",
    message: "A name of the reference is not that of its id, which strictReferences asks for.",
    recognise: { message: /strictReferences/ },
    ...invalidRequest,
    source: `${generalStructure}, an older edition: strictReferences; code as observed, text: Recordgate`,
  },
  {
    name: "ids-missing",
    message: "The reference lacks an id, which exactReferences asks for.",
    recognise: { message: /exactReferences/ },
    ...invalidRequest,
    source: `${generalStructure}, an older edition: exactReferences; code as observed, text: Recordgate`,
  },
  {
    name: "too-many-variables",
    message: "`schema` has {actual} variables, at most {limit} are allowed.",
    recognise: { message: /^`schema` has \S+ variables/ },
    ...invalidRequest,
    source: "Recordgate: no document states a limit",
  },
  { name: "invalid-request", message: "{problem}", ...invalidRequest },
] as const satisfies readonly RowDeclaration[];

const invalidToken = {
  status: 401,
  code: "invalid_token",
  otherCodes: ["invalid_token_error"],
  kind: "unauthenticated",
} as const;
const redivisDenied = { status: 403, kind: "permission-denied" } as const;
const redivisNotFound = {
  status: 404,
  code: "not_found",
  otherCodes: ["not_found_error"],
  kind: "not-found",
} as const;

const redivisCallerRows = [
  {
    name: "no-credentials",
    message: "No credentials were provided.",
    recognise: { message: /^No credentials/ },
    ...invalidToken,
  },
  { name: "invalid-token", message: "The access token is unknown or has expired.", ...invalidToken },
  {
    name: "insufficient-scope",
    code: "insufficient_scope",
    otherCodes: ["insufficient_scope_error"],
    message: "The access token lacks the scope {scope}.",
    ...redivisDenied,
  },
  {
    name: "access-denied",
    code: "access_denied",
    otherCodes: ["access_denied_error"],
    message: "Edit access to the dataset is required.",
    ...redivisDenied,
    source: `${generalStructure}: status 403; code and text: Recordgate`,
  },
] as const satisfies readonly RowDeclaration[];

const redivisResourceRows = [
  { name: "not-found", message: "{what} not found", ...redivisNotFound },
  {
    name: "conflict",
    status: 409,
    code: "conflict",
    otherCodes: ["conflict_error"],
    message: "The name is taken.",
    kind: "conflict",
    source: "Recordgate: no document names the failure",
  },
  {
    name: "payload-too-large",
    status: 413,
    code: "payload_too_large",
    otherCodes: ["payload_too_large_error"],
    message: "The body has {actual} bytes, at most {limit} are allowed.",
    kind: "payload-too-large",
    source: "Redivis REST API, insertRows: limit of the body; status, code and text: Recordgate",
  },
] as const satisfies readonly RowDeclaration[];

const tooManyRequests = {
  name: "too-many-requests",
  status: 429,
  code: "too_many_requests",
  otherCodes: ["too_many_requests_error"],
  message: "Too many requests, please try again later.",
  kind: "rate-limited",
  retry: "yes",
  source: `${generalStructure}, an older edition: status 429 and text; code: Recordgate`,
} as const satisfies RowDeclaration;

/** The failures of all calls below /api/v1. */
export const redivisFailures = defineFailures({
  source: officialClients,
  serviceFailures: {
    internal: { name: "internal-error", status: 500, code: "internal_error", message: "An unexpected error occurred." },
    unavailable: {
      status: 503,
      code: "unavailable",
      otherCodes: ["unavailable_error"],
      message: "The service is busy, nothing was done.",
    },
    interrupted: {
      source: "Recordgate: internal_error with a text of its own",
      status: 500,
      code: "internal_error",
      message: "The connection to the database was lost while the rows were being committed.",
      recognise: { message: /^The connection to the database was lost/ },
    },
    unknownPath: {
      message: "There is no such path or method.",
      recognise: { message: /no such path/ },
      ...redivisNotFound,
      source: "Recordgate: every error is JSON, also that of an unknown path",
    },
  },
  malformed: "invalid-request",
  tooLarge: "payload-too-large",
  rows: [
    ...documentedBy(`${generalStructure}: status 400; code as observed, text: Recordgate`, redivisRequestRows),
    ...documentedBy(`${generalStructure}: status; ${officialClients}: code`, redivisCallerRows),
    ...documentedBy(`${generalStructure}: status; ${officialClients}: code`, redivisResourceRows),
    tooManyRequests,
  ],
});
