import type { FailureRow } from "../../contract/failures.js";
import { missingPermission, oddCodes } from "./dialect.js";

const invalid = { kind: "invalid-input", retry: "no" } as const;
const denied = { kind: "permission-denied", retry: "no" } as const;
const notFound = { kind: "not-found", retry: "no" } as const;
const unauthenticated = { kind: "unauthenticated", retry: "no" } as const;
const notReady = { kind: "not-ready", retry: "yes" } as const;
const rateLimited = { kind: "rate-limited", retry: "yes" } as const;
const unsure = { retry: "only-if-idempotent" } as const;

const wrongArguments = "invalidRequest.inputArgs.invalid";
const noSuchBase =
  "Fail to find the requested resource by the given baseId. Please make sure the given baseId is valid, and the operatorId has permission to access it.";

/** The gateway names what it misses in the code. */
export function missingRow(member: string): FailureRow {
  return { name: missingRowName(member), status: 400, code: `Missing${member}`, message: `${member} is mandatory for this action.`, ...invalid };
}

export function missingRowName(member: string): string {
  return `${member.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}-missing`;
}

const argumentRows: readonly FailureRow[] = [
  { name: "arguments-invalid", status: 400, code: wrongArguments, message: "{problem}", ...invalid },
  { name: "operator-unknown", status: 400, code: "paramError", message: "paramError-operatorId", ...invalid },
];

/** Also what the embedded base can be told to answer. */
const documentRows: readonly FailureRow[] = [
  {
    name: "document-initializing",
    status: 400,
    code: "invalidRequest.document.stillInitializing",
    message: "The document is under initialization. Please try again later",
    ...notReady,
  },
  {
    name: "document-broken",
    status: 400,
    code: "invalidRequest.document.broken",
    message: "The document is broken and the server is unable to complete your request.",
    kind: "resource-broken",
    retry: "no",
  },
  { name: "operation-illegal", status: 403, code: "forbidden.operationIllegal", message: "{problem}", ...denied },
  { name: "document-type-illegal", status: 403, code: "invalidRequest.document.typeIllegal", message: "{problem}", ...invalid },
  { name: "document-not-found", status: 404, code: "invalidRequest.document.notFound", message: noSuchBase, ...notFound },
  { name: "resource-not-found", status: 404, code: "invalidRequest.resource.notFound", message: "{problem}", ...notFound },
  {
    name: "internal-error",
    status: 500,
    code: "internalError",
    message: "The server encountered an internal error and was unable to complete your request. Please try again later.",
    kind: "internal",
    ...unsure,
  },
  { name: "unknown-error", status: 500, code: "unknownError", message: "Unknown Error", kind: "internal", ...unsure },
  {
    name: "service-timeout",
    status: 504,
    code: "service.timeout",
    message: "The server is busy and unable to complete your request. Please try again later.",
    kind: "timeout",
    ...unsure,
  },
  {
    name: "data-not-ready",
    status: 400,
    code: "invalidRequest.dataNotReady",
    message: "The requested data is not available yet. Please try again later.",
    ...notReady,
  },
  {
    name: "size-over-limit",
    status: 403,
    code: "forbidden.document.sizeOverLimit",
    message: "The size of the document is over the limit.",
    kind: "payload-too-large",
    retry: "no",
  },
  { name: "access-denied", status: 403, code: "forbidden.accessDenied", message: "The operator has no permission.", ...denied },
];

const callerRows: readonly FailureRow[] = [
  { name: "token-missing", status: 400, code: "AuthenticationFailed.MissingParameter", message: "缺少参数：x-acs-dingtalk-access-token", ...unauthenticated },
  { name: "token-invalid", status: 400, code: "InvalidAuthentication", message: "不合法的access_token", ...unauthenticated },
  { name: "unauthenticated", status: 401, message: "Unauthorized", ...unauthenticated },
  { name: "client-invalid", status: 400, code: "invalidClientIdOrSecret", message: "无效的clientId或者clientSecret", ...unauthenticated },
  { name: "permission-missing", status: 403, code: missingPermission, message: "没有调用该接口的权限", ...denied },
  { name: "address-not-allowed", status: 403, code: "Forbidden.AccessDenied.IpNotInWhiteList", message: "访问ip不在白名单之中", ...denied },
];

const rateRows: readonly FailureRow[] = [
  {
    name: "calls-per-second",
    status: 403,
    code: "Forbidden.AccessDenied.QpsLimitForApi",
    message: "您的服务器调用钉钉开放平台当前接口的所有请求都被暂时禁用了",
    ...rateLimited,
  },
  {
    name: "calls-of-app",
    status: 403,
    code: "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
    codePattern: /^(Forbidden\.AccessDenied\.)?Qp[sm]LimitFor\w+$/,
    message: "您的企业应用调用钉钉开放平台当前接口的所有请求都被暂时禁用了",
    ...rateLimited,
  },
  {
    name: "calls-per-month",
    status: 403,
    code: "Forbidden.AccessDenied.ApiCountLimitForOrg",
    message: "The calls of this month are used up.",
    kind: "rate-limited",
    retry: "no",
  },
  { name: "system-busy", status: 429, code: "systemBusy", otherCodes: ["system.busy"], message: "请求太频繁", ...rateLimited },
  { name: "address-throttled", status: 200, code: oddCodes.throttled, message: "The address is blocked for 5 minutes.", kind: "rate-limited", retry: "no" },
];

const gatewayRows: readonly FailureRow[] = [
  { ...missingRow("operatorId"), name: "operator-missing" },
  {
    name: "unknown-path",
    status: 404,
    code: "InvalidAction.NotFound",
    message: "Specified api is not found, please check your url and method.",
    ...notFound,
  },
  { name: "outside", status: 200, code: oddCodes.outside, codePattern: /^-?\d+$/, message: "请求的URI地址不存在", ...notFound },
  { name: "service-unavailable", status: 503, code: "ServiceUnavailable", message: "The service is unavailable.", kind: "unavailable", retry: "yes" },
  { name: "unavailable-without-code", status: 503, message: "Service Unavailable", kind: "unavailable", retry: "yes" },
  { name: "busy-without-code", status: 429, message: "Too Many Requests", ...rateLimited },
  { name: "bad-gateway", status: 502, message: "Bad Gateway", kind: "unavailable", ...unsure },
  {
    name: "not-json",
    status: 500,
    message: "<html></html>",
    plainText: true,
    recognise: { text: true, statuses: [200, 500, 502, 504] },
    kind: "unavailable",
    ...unsure,
  },
];

/** Of every endpoint. Codes, statuses and texts as the documents have them; clients go by the code. */
export const failures: readonly FailureRow[] = [...argumentRows, ...documentRows, ...callerRows, ...rateRows, ...gatewayRows];

/** Of the insert alone. */
const insertRows: readonly FailureRow[] = [
  {
    name: "too-many-records",
    status: 400,
    code: wrongArguments,
    message: "the request holds {actual} records, at most {limit} are taken in one call",
    recognise: { message: /^the request holds \S+ records, at most/ },
    limit: "records",
    ...invalid,
  },
  missingRow("records"),
  {
    name: "duplicate-client-token",
    status: 409,
    code: "invalidRequest.duplicateClientToken",
    message: "Duplicate ClientToken detected. Please generate a new client token and retry.",
    kind: "duplicate-request",
    retry: "no",
  },
  { name: "no-value", status: 200, message: "The reply has no id for each record.", kind: "internal", retry: "no" },
];

export const insertFailures: readonly FailureRow[] = [...failures, ...insertRows];
