import { defineFailures, extendFailures } from "../../contract/failures/failure-table.js";
import { documentedBy, type FailureRow } from "../../contract/failures/failure-row.js";
import { missingPermission, oddCodes } from "./dialect.js";

const dingtalkInvalid = { kind: "invalid-input", retry: "no" } as const;
const dingtalkDenied = { kind: "permission-denied", retry: "no" } as const;
const dingtalkNotFound = { kind: "not-found", retry: "no" } as const;
const dingtalkUnauthenticated = { kind: "unauthenticated", retry: "no" } as const;
const dingtalkNotReady = { kind: "not-ready", retry: "yes" } as const;
const dingtalkRateLimited = { kind: "rate-limited", retry: "yes" } as const;
const dingtalkUnsure = { retry: "only-if-idempotent" } as const;

const insertPage = "DingTalk Open Platform, AI Table (Notable) v1, insert records: error codes";
const globalCodes = "DingTalk Open Platform, global error codes (https://help.dingtalk.io/open/development/server-api-error-codes-1)";
const callFrequency = "DingTalk Open Platform, global error codes and call frequency";

const wrongArguments = "invalidRequest.inputArgs.invalid";
const noSuchBase =
  "Fail to find the requested resource by the given baseId. Please make sure the given baseId is valid, and the operatorId has permission to access it.";

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
export type MissingRow = FailureRow<(typeof missingNames)[MandatoryMember], `${string} is mandatory for this action.`>;

function mandatoryFor<const Name extends string>(name: Name, member: string) {
  // The gateway puts the name of the missing member into the code.
  return { name, status: 400, code: `Missing${member}`, message: `${member} is mandatory for this action.`, ...dingtalkInvalid } as const satisfies FailureRow;
}

/** Observed for `operatorId`; the same form is inferred for other members. */
export const missingSource = "observed: DingTalk Open Platform, gateway: Missing<member>";

export function missingRow(member: MandatoryMember): MissingRow {
  return mandatoryFor(missingNames[member], member);
}

const dingtalkArgumentRows = [
  { name: "arguments-invalid", status: 400, code: wrongArguments, message: "{problem}", ...dingtalkInvalid },
  { name: "operator-unknown", status: 400, code: "paramError", message: "paramError-operatorId", ...dingtalkInvalid, source: "observed: DingTalk Open Platform, captures published by users" },
] as const satisfies readonly FailureRow[];

/** Failures of a document. A base can also be told to answer some of them. */
const dingtalkDocumentRows = [
  {
    name: "document-initializing",
    status: 400,
    code: "invalidRequest.document.stillInitializing",
    message: "The document is under initialization. Please try again later",
    ...dingtalkNotReady,
  },
  {
    name: "document-broken",
    status: 400,
    code: "invalidRequest.document.broken",
    message: "The document is broken and the server is unable to complete your request.",
    kind: "resource-broken",
    retry: "no",
  },
  { name: "operation-illegal", status: 403, code: "forbidden.operationIllegal", message: "{problem}", ...dingtalkDenied },
  { name: "document-type-illegal", status: 403, code: "invalidRequest.document.typeIllegal", message: "{problem}", ...dingtalkInvalid },
  { name: "document-not-found", status: 404, code: "invalidRequest.document.notFound", message: noSuchBase, ...dingtalkNotFound },
  { name: "resource-not-found", status: 404, code: "invalidRequest.resource.notFound", message: "{problem}", ...dingtalkNotFound },
  { name: "unknown-error", status: 500, code: "unknownError", message: "Unknown Error", kind: "internal", ...dingtalkUnsure },
  {
    name: "service-timeout",
    status: 504,
    code: "service.timeout",
    message: "The server is busy and unable to complete your request. Please try again later.",
    kind: "timeout",
    ...dingtalkUnsure,
  },
  {
    name: "data-not-ready",
    status: 400,
    code: "invalidRequest.dataNotReady",
    message: "The requested data is not available yet. Please try again later.",
    ...dingtalkNotReady,
    source: "DingTalk Open Platform, AI Table (Notable) v1, list records: error codes",
  },
  {
    name: "size-over-limit",
    status: 403,
    code: "forbidden.document.sizeOverLimit",
    message: "The size of the document is over the limit.",
    kind: "payload-too-large",
    retry: "no",
    source: globalCodes,
  },
  { name: "access-denied", status: 403, code: "forbidden.accessDenied", message: "The operator has no permission.", ...dingtalkDenied, source: "observed: DingTalk Open Platform, captures published by users" },
] as const satisfies readonly FailureRow[];

const dingtalkCallerRows = [
  { name: "token-missing", status: 400, code: "AuthenticationFailed.MissingParameter", message: "缺少参数：x-acs-dingtalk-access-token", ...dingtalkUnauthenticated, source: "observed: DingTalk Open Platform, gateway" },
  { name: "token-invalid", status: 400, code: "InvalidAuthentication", message: "不合法的access_token", ...dingtalkUnauthenticated },
  { name: "client-invalid", status: 400, code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret", ...dingtalkUnauthenticated, source: "DingTalk Open Platform, access token of an internal app: error codes" },
  { name: "permission-missing", status: 403, code: missingPermission, message: "没有调用该接口的权限", ...dingtalkDenied },
  { name: "address-not-allowed", status: 403, code: "Forbidden.AccessDenied.IpNotInWhiteList", message: "访问ip不在白名单之中", ...dingtalkDenied },
] as const satisfies readonly FailureRow[];

const dingtalkRateRows = [
  {
    name: "calls-per-second",
    status: 403,
    code: "Forbidden.AccessDenied.QpsLimitForApi",
    message: "您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了",
    ...dingtalkRateLimited,
  },
  {
    name: "calls-of-app",
    status: 403,
    code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
    codePattern: /^(Forbidden\.AccessDenied\.)?Qp[sm]LimitFor\w+$/,
    message: "您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了",
    ...dingtalkRateLimited,
  },
  {
    name: "calls-per-month",
    status: 403,
    code: "Forbidden.AccessDenied.ApiCountLimitForOrg",
    message: "The calls of this month are used up.",
    kind: "rate-limited",
    retry: "no",
  },
  { name: "system-busy", status: 429, code: "systemBusy", otherCodes: ["system.busy"], message: "请求太频繁", ...dingtalkRateLimited },
  { name: "address-throttled", status: 200, code: oddCodes.throttled, message: "The address is blocked for 5 minutes.", kind: "rate-limited", retry: "no" },
] as const satisfies readonly FailureRow[];

const dingtalkGatewayRows = [
  mandatoryFor("operator-missing", "operatorId"),
  { name: "outside", status: 200, code: oddCodes.outside, codePattern: /^-?\d+$/, message: "请求的URI地址不存在", ...dingtalkNotFound },
] as const satisfies readonly FailureRow[];

/** The failures of every endpoint. Messages may be localised, so clients decide by the code. */
export const dingtalkFailures = defineFailures({
  source: insertPage,
  serviceFailures: {
    internal: {
      name: "internal-error",
      status: 500,
      code: "internalError",
      message: "The server encountered an internal error and was unable to complete your request. Please try again later.",
    },
    unavailable: { name: "service-unavailable", status: 503, code: "ServiceUnavailable", message: "The service is unavailable.", source: "observed: DingTalk Open Platform, gateway; the text: Recordgate" },
    interrupted: { name: "bad-gateway", status: 502, message: "Bad Gateway", recognise: { statuses: [502], text: false, uncoded: true }, source: "RFC 9110, HTTP Semantics, section 15 (status codes)" },
    unknownPath: { status: 404, code: "InvalidAction.NotFound", message: "Specified api is not found, please check your url and method.", source: "observed: DingTalk Open Platform, gateway; the end of the text: Recordgate" },
  },
  malformed: "arguments-invalid",
  tooLarge: "size-over-limit",
  rows: [
    ...documentedBy(insertPage, [...dingtalkArgumentRows, ...dingtalkDocumentRows]),
    ...documentedBy(globalCodes, dingtalkCallerRows),
    ...documentedBy(callFrequency, dingtalkRateRows),
    ...documentedBy("observed: DingTalk Open Platform, gateway", dingtalkGatewayRows),
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
    retry: "no",
  },
  { name: "no-value", status: 200, message: "The reply has no id for each record.", kind: "internal", retry: "no", recognise: { statuses: ["2xx"], text: false, uncoded: true }, source: "Recordgate: a reply of status 200 that lacks what the contract promises" },
] as const satisfies readonly FailureRow[];

export const insertFailures = extendFailures(dingtalkFailures, {
  source: insertPage,
  rows: [...dingtalkInsertRows, { ...missingRow("records"), source: missingSource }],
});
