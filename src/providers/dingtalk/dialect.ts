import { maxPageTextLength, type Dialect } from "../../contract/contract.js";
import type { CredentialScheme } from "../../contract/credentials.js";
import { showValue } from "../../json/stringify.js";
import { isJsonObject, type JsonObject } from "../../json/value.js";

export const writeScope = "Notable.Base.Write.All";
export const readScope = "Notable.Base.Read.All";
export type Scope = typeof writeScope | typeof readScope;

/** Placeholder codes of the two failure replies that have status 200 and no `code`. */
export const oddCodes = { outside: 404, throttled: 1111 } as const;
/** The only failure whose body has further members. */
export const missingPermission = "Forbidden.AccessDenied.AccessTokenPermissionDenied";

const tokenHeader = "x-acs-dingtalk-access-token";

/** Reads only this header: a bearer token or a token in the query does not count. */
const dingtalkCredentials: CredentialScheme = {
  write: (secret) => ({ [tokenHeader]: secret }),
  read: (headers) => headers[tokenHeader]?.trim() || undefined,
};

export const dingtalkDialect = {
  credentials: dingtalkCredentials,
  scopes: [readScope, writeScope],
  writeError: ({ row: { code }, message, parameters, requestId }): JsonObject => {
    if (code === oddCodes.outside) return { errcode: code, errmsg: message };
    if (code === oddCodes.throttled) return { status: code, wait: 5, source: "x5", punish: "deny", uuid: requestId };
    const error = { ...(code === undefined ? {} : { code }), requestid: requestId.toUpperCase(), message };
    return code === missingPermission
      ? { ...error, accessdenieddetail: { requiredScopes: [parameters["scope"] ?? writeScope] } }
      : error;
  },
  readError: (body) => {
    if (!isJsonObject(body)) return typeof body === "string" ? { message: body.slice(0, maxPageTextLength) } : {};
    if (body["errcode"] !== undefined)
      return { code: showValue(body["errcode"]), message: firstText(body, ["errmsg"]) };
    if (body["status"] === oddCodes.throttled)
      return { code: String(oddCodes.throttled), requestId: firstText(body, ["uuid"]) };
    return {
      code: firstText(body, ["code", "Code"]),
      message: firstText(body, ["message", "Message", "Description"]),
      requestId: firstText(body, ["requestid", "requestId", "RequestId"]),
    };
  },
  headers: { "content-type": "application/json;charset=utf-8" },
} as const satisfies Dialect;

function firstText(body: JsonObject, names: readonly string[]): string | undefined {
  return names.map((name) => body[name]).find((value): value is string => typeof value === "string" && value !== "");
}
