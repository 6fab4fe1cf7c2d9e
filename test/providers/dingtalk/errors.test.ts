import { describe, expect, it } from "vitest";
import { showValue } from "../../../src/json/stringify.js";
import type { JsonObject } from "../../../src/json/value.js";
import { dingtalk } from "../../../src/providers/dingtalk/index.js";
import { useService, type ServiceOptions } from "../../service/use-service.js";
import { definition, target, tokens, token, useDingtalk } from "./dingtalk-app.js";

describe("each documented error of the table service reaches GraphQL", () => {
  const world = useDingtalk();

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
    [
      "forbidden.document.sizeOverLimit",
      "PayloadTooLarge",
      { baseId: "b8" },
      { failure: "forbidden.document.sizeOverLimit" },
    ],
    ["forbidden.accessDenied", "PermissionDenied", { baseId: "b9" }, { failure: "forbidden.accessDenied" }],
    ["paramError", "InvalidInput", { operatorId: "nobody" }],
    ["MissingoperatorId", "InvalidInput", { operatorId: "" }],
    ["InvalidAction.NotFound", "NotFound", { baseId: "" }],
  ])("%s", async (code, kind, target, properties) => {
    if (properties !== undefined && typeof target["baseId"] === "string")
      await world().createBase(target["baseId"], properties);
    expect(await world().insert(target)).toMatchObject({ __typename: `Write${kind}Error`, upstream: { code } });
    if (properties !== undefined) expect(await world().stored(showValue(target["baseId"]))).toEqual([]);
  });

  it("invalidRequest.duplicateClientToken", async () => {
    expect(await world().insert({ clientToken: token })).toMatchObject({ __typename: "InsertRecordsSuccess" });
    expect(await world().insert({ clientToken: token })).toMatchObject({
      __typename: "WriteDuplicateRequestError",
      outcome: "NOT_APPLIED",
      upstream: { code: "invalidRequest.duplicateClientToken", httpStatus: 409 },
    });
  });

  it("a failure of unknown outcome may be repeated with a token of the caller only", async () => {
    await world().createBase("late", { failure: "service.timeout" });
    expect(await world().insert({ baseId: "late" })).toMatchObject({
      outcome: "UNKNOWN",
      retryable: "ONLY_IF_IDEMPOTENT",
      safeToResend: false,
    });
    expect(await world().insert({ baseId: "late", clientToken: token })).toMatchObject({
      outcome: "UNKNOWN",
      safeToResend: true,
    });
  });
});

describe("an error of the Open Platform reaches the data source", () => {
  const open = useService(dingtalk, { authorization: "on" });

  it.each<[string, string, ServiceOptions]>([
    ["AuthenticationFailed.MissingParameter", "unauthenticated", {}],
    ["Forbidden.AccessDenied.AccessTokenPermissionDenied", "permission-denied", { secret: "tok-read" }],
    [
      "Forbidden.AccessDenied.IpNotInWhiteList",
      "permission-denied",
      { secret: "tok", settings: { ALLOWED_ADDRESSES: "10.0.0.1" } },
    ],
    ["Forbidden.AccessDenied.QpsLimitForApi", "rate-limited", { secret: "tok", settings: { CALLS_PER_SECOND: 0 } }],
    ["invalidRequest.inputArgs.invalid", "invalid-input", { secret: "tok", settings: { MAX_RECORDS: 0 } }],
  ])("%s", async (code, kind, options) => {
    const { create, write } = open(options);
    await create({ ...definition, tokens });
    await expect(write("insertRecords", { target, records: [{ Title: "a" }] })).rejects.toMatchObject({
      details: { kind, upstream: { code } },
    });
  });
});
