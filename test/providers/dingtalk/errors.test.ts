import { describe, expect, it } from "vitest";
import { showValue } from "../../../src/contract/json.js";
import type { JsonObject } from "../../../src/core/json.js";
import { token, useWorld } from "./dingtalk-world.js";

describe("each documented error of the table service reaches GraphQL", () => {
  const world = useWorld();

  it.each<[string, string, JsonObject, JsonObject?]>([
    ["invalidRequest.inputArgs.invalid", "InvalidInput", { clientToken: "no-uuid" }],
    ["invalidRequest.document.stillInitializing", "NotReady", { baseId: "b1" }, { state: "initializing" }],
    ["invalidRequest.document.broken", "ResourceBroken", { baseId: "b2" }, { state: "broken" }],
    ["forbidden.operationIllegal", "PermissionDenied", { operatorId: "reader" }],
    ["invalidRequest.document.typeIllegal", "InvalidInput", { baseId: "b3" }, { documentType: "mindMap" }],
    ["invalidRequest.document.notFound", "NotFound", { operatorId: "stranger" }],
    ["invalidRequest.resource.notFound", "NotFound", { sheetIdOrName: "Nothing" }],
    ["internalError", "Internal", { baseId: "b4" }, { failure: "internalError" }],
    ["unknownError", "Internal", { baseId: "b5" }, { failure: "unknownError" }],
    ["service.timeout", "Timeout", { baseId: "b6" }, { failure: "service.timeout" }],
    ["invalidRequest.dataNotReady", "NotReady", { baseId: "b7" }, { failure: "invalidRequest.dataNotReady" }],
    ["forbidden.document.sizeOverLimit", "PayloadTooLarge", { baseId: "b8" }, { failure: "forbidden.document.sizeOverLimit" }],
    ["forbidden.accessDenied", "PermissionDenied", { baseId: "b9" }, { failure: "forbidden.accessDenied" }],
    ["paramError", "InvalidInput", { operatorId: "nobody" }],
    ["MissingoperatorId", "InvalidInput", { operatorId: "" }],
    ["InvalidAction.NotFound", "NotFound", { baseId: "" }],
  ])("%s", async (code, kind, target, properties) => {
    if (properties !== undefined && typeof target["baseId"] === "string") await world().createBase(target["baseId"], properties);
    expect(await world().insert(target)).toMatchObject({ __typename: `Write${kind}Error`, upstream: { code } });
    if (properties !== undefined) expect(await world().stored(showValue(target["baseId"]))).toEqual([]);
  });

  it("invalidRequest.duplicateClientToken", async () => {
    expect(await world().insert({ clientToken: token })).toMatchObject({ __typename: "InsertRecordsSuccess" });
    expect(await world().insert({ clientToken: token })).toMatchObject({ __typename: "WriteDuplicateRequestError", outcome: "NOT_APPLIED", upstream: { code: "invalidRequest.duplicateClientToken", httpStatus: 409 } });
  });

  it("a failure of unknown outcome may be repeated with a token of one's own, not without", async () => {
    await world().createBase("late", { failure: "service.timeout" });
    expect(await world().insert({ baseId: "late" })).toMatchObject({ outcome: "UNKNOWN", retryable: "ONLY_IF_IDEMPOTENT", safeToResend: false });
    expect(await world().insert({ baseId: "late", clientToken: token })).toMatchObject({ outcome: "UNKNOWN", safeToResend: true });
  });
});

describe.each([
  ["AuthenticationFailed.MissingParameter", "Unauthenticated", {}],
  ["InvalidAuthentication", "Unauthenticated", { DINGTALK_TOKEN: "nope" }],
  ["Forbidden.AccessDenied.AccessTokenPermissionDenied", "PermissionDenied", { DINGTALK_TOKEN: "tok-read" }],
  ["Forbidden.AccessDenied.IpNotInWhiteList", "PermissionDenied", { DINGTALK_TOKEN: "tok", DINGTALK_ALLOWED_ADDRESSES: "10.0.0.1" }],
  ["Forbidden.AccessDenied.QpsLimitForApi", "RateLimited", { DINGTALK_TOKEN: "tok", DINGTALK_CALLS_PER_SECOND: "0" }],
  ["invalidRequest.inputArgs.invalid", "InvalidInput", { DINGTALK_TOKEN: "tok", DINGTALK_MAX_RECORDS: "0" }],
])("%s of the gateway", (code, kind, environment) => {
  const world = useWorld({ environment: { AUTHORIZATION: "on", ...environment } });

  it("reaches GraphQL", async () => {
    expect(await world().insert()).toMatchObject({ __typename: `Write${kind}Error`, upstream: { code } });
  });
});
