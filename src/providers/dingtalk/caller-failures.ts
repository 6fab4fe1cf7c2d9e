import type { RowDeclaration } from "../../contract/failures/failure-row.js";
import { missingPermission, oddCodes } from "./dialect.js";
import { dingtalkDenied, dingtalkRateLimited, dingtalkUnauthenticated } from "./failure-defaults.js";

export const dingtalkCallerRows = [
  {
    name: "token-missing",
    status: 400,
    code: "AuthenticationFailed.MissingParameter",
    message: "缺少参数：x-acs-dingtalk-access-token",
    ...dingtalkUnauthenticated,
    source: "observed: DingTalk Open Platform",
  },
  {
    name: "token-invalid",
    status: 400,
    code: "InvalidAuthentication",
    message: "不合法的access_token",
    ...dingtalkUnauthenticated,
  },
  {
    name: "unauthenticated",
    status: 401,
    message: "Unauthorized",
    recognise: { statuses: [401], text: false, uncoded: true },
    ...dingtalkUnauthenticated,
  },
  {
    name: "client-invalid",
    status: 400,
    code: "invalidClientIdOrSecret",
    message: "无效的clientId或者clientSecret",
    ...dingtalkUnauthenticated,
    source: "DingTalk Open Platform, access token of an internal app: error codes",
  },
  {
    name: "permission-missing",
    status: 403,
    code: missingPermission,
    message: "没有调用该接口的权限",
    ...dingtalkDenied,
  },
  {
    name: "address-not-allowed",
    status: 403,
    code: "Forbidden.AccessDenied.IpNotInWhiteList",
    message: "访问ip不在白名单之中",
    ...dingtalkDenied,
  },
] as const satisfies readonly RowDeclaration[];

export const dingtalkRateRows = [
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
  },
  {
    name: "system-busy",
    status: 429,
    code: "systemBusy",
    otherCodes: ["system.busy"],
    message: "请求太频繁",
    ...dingtalkRateLimited,
  },
  {
    name: "address-throttled",
    status: 200,
    code: oddCodes.throttled,
    message: "The address is blocked for 5 minutes.",
    kind: "rate-limited",
  },
] as const satisfies readonly RowDeclaration[];
