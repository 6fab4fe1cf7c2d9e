import { defineFailures, extendFailures } from "../../contract/failures/failure-table.js";
import { documentedBy, type RowDeclaration } from "../../contract/failures/failure-row.js";
import { dingtalkCallerRows, dingtalkRateRows } from "./caller-failures.js";
import { oddCodes } from "./dialect.js";
import { dingtalkDocumentRows } from "./document-failures.js";
import { callFrequency, dingtalkInvalid, dingtalkNotFound, globalCodes, insertPage } from "./failure-defaults.js";

const wrongArguments = "invalidRequest.inputArgs.invalid";

/** Members that at least one endpoint requires, and the row for each when it is missing. */
const missingNames = {
  records: "records-missing",
  clientToken: "client-token-missing",
  name: "name-missing",
  type: "type-missing",
  appKey: "app-key-missing",
  appSecret: "app-secret-missing",
} as const;
export type MandatoryMember = keyof typeof missingNames;
export type MissingRow = RowDeclaration<
  (typeof missingNames)[MandatoryMember],
  `${string} is mandatory for this action.`
>;

function mandatoryFor<const Name extends string>(name: Name, member: string) {
  // The Open Platform puts the name of the missing member into the code.
  return {
    name,
    status: 400,
    code: `Missing${member}`,
    message: `${member} is mandatory for this action.`,
    ...dingtalkInvalid,
  } as const satisfies RowDeclaration;
}

/** Observed for `operatorId`; the same form is inferred for other members. */
export const missingSource = "observed: DingTalk Open Platform: Missing<member>";

export function missingRow(member: MandatoryMember): MissingRow {
  return mandatoryFor(missingNames[member], member);
}

const dingtalkArgumentRows = [
  { name: "arguments-invalid", status: 400, code: wrongArguments, message: "{problem}", ...dingtalkInvalid },
  {
    name: "operator-unknown",
    status: 400,
    code: "paramError",
    message: "paramError-operatorId",
    ...dingtalkInvalid,
    source: "observed: DingTalk Open Platform, captures published by users",
  },
] as const satisfies readonly RowDeclaration[];

const dingtalkPlatformRows = [
  mandatoryFor("operator-missing", "operatorId"),
  {
    name: "outside",
    status: 200,
    code: oddCodes.outside,
    codePattern: /^-?\d+$/,
    message: "请求的URI地址不存在",
    ...dingtalkNotFound,
  },
] as const satisfies readonly RowDeclaration[];

/** The failures of every endpoint. Messages may be localised, so clients decide by the code. */
export const dingtalkFailures = defineFailures({
  source: insertPage,
  serviceFailures: {
    internal: {
      name: "internal-error",
      status: 500,
      code: "internalError",
      message:
        "The server encountered an internal error and was unable to complete your request. Please try again later.",
    },
    unavailable: {
      name: "service-unavailable",
      status: 503,
      code: "ServiceUnavailable",
      message: "The service is unavailable.",
      source: "observed: DingTalk Open Platform; the text: Recordgate",
    },
    interrupted: {
      name: "bad-gateway",
      status: 502,
      message: "Bad Gateway",
      recognise: { statuses: [502], text: false, uncoded: true },
      source: "RFC 9110, HTTP Semantics, section 15 (status codes)",
    },
    unknownPath: {
      status: 404,
      code: "InvalidAction.NotFound",
      message: "Specified api is not found, please check your url and method.",
      source: "observed: DingTalk Open Platform; the end of the text: Recordgate",
    },
  },
  malformed: "arguments-invalid",
  tooLarge: "size-over-limit",
  rows: [
    ...documentedBy(insertPage, [...dingtalkArgumentRows, ...dingtalkDocumentRows]),
    ...documentedBy(globalCodes, dingtalkCallerRows),
    ...documentedBy(callFrequency, dingtalkRateRows),
    ...documentedBy("observed: DingTalk Open Platform", dingtalkPlatformRows),
  ],
});

/** The failures of the insert only. */
const dingtalkInsertRows = [
  {
    name: "too-many-records",
    status: 400,
    code: wrongArguments,
    message: "the request holds {actual} records, at most {limit} are accepted in one call",
    recognise: { message: /^the request holds \S+ records, at most/ },
    ...dingtalkInvalid,
    source: "Recordgate: no document states a limit",
  },
  {
    name: "duplicate-client-token",
    status: 409,
    code: "invalidRequest.duplicateClientToken",
    message: "Duplicate ClientToken detected. Please generate a new client token and retry.",
    kind: "duplicate-request",
  },
  {
    name: "no-value",
    status: 200,
    message: "The reply has no id for each record.",
    kind: "internal",
    recognise: { statuses: ["2xx"], text: false, uncoded: true },
    source: "Recordgate: a reply of status 200 that lacks what the contract promises",
  },
] as const satisfies readonly RowDeclaration[];

export const insertFailures = extendFailures(dingtalkFailures, {
  source: insertPage,
  rows: [...dingtalkInsertRows, { ...missingRow("records"), source: missingSource }],
});
