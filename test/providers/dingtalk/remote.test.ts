import { describe, expect, it } from "vitest";
import { dingtalk } from "../../../src/providers/dingtalk/index.js";
import { write } from "../../conformance/write.js";
import { createWaitlessClock } from "../../service/waitless-clock.js";
import { useApp } from "../../service/use-app.js";
import { target, token } from "./dingtalk-app.js";

let answer: { readonly status: number; readonly body: string };
const sent: Request[] = [];

/** The program with a service that gives every call the same reply. */
const app = useApp({
  providers: [dingtalk],
  clock: createWaitlessClock(),
  environment: { DINGTALK_BASE_URL: "https://api.dingtalk.test", DINGTALK_TOKEN: "tok" },
  fetch: (url, init) => {
    sent.push(new Request(url, init));
    return Promise.resolve(new Response(answer.body, { status: answer.status }));
  },
});

async function insertRemotely(given: typeof answer, changes: object = {}) {
  answer = given;
  sent.length = 0;
  const command = { target: { ...target, ...changes }, records: [{ 标题: "123" }] };
  const result = await write(app(), { provider: dingtalk.id, operation: "insertRecords", ...command });
  return { result, request: sent[0], count: sent.length };
}

const success = { status: 200, body: '{"value":[{"id":"RNXU1Vm2L2"}]}' };

describe("a call of the real service", () => {
  it("carries the token in its header, the name percent-encoded and a UUID v4 of its own", async () => {
    const { result, request } = await insertRemotely(success, { sheetIdOrName: "数据表" });
    expect(result).toMatchObject({ __typename: "InsertRecordsSuccess", insertedCount: 1, ids: ["RNXU1Vm2L2"] });
    const url = new URL(request?.url ?? "");
    expect(url.pathname).toBe(`/v1.0/notable/bases/${target.baseId}/sheets/%E6%95%B0%E6%8D%AE%E8%A1%A8/records`);
    expect(url.searchParams.get("operatorId")).toBe("editor");
    expect(url.searchParams.get("clientToken")).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(request?.headers.get("x-acs-dingtalk-access-token")).toBe("tok");
    expect(await request?.json()).toEqual({ records: [{ fields: { 标题: "123" } }] });
  });

  it("carries the caller's own token, and never a path to another resource", async () => {
    const { request } = await insertRemotely(success, { clientToken: token });
    expect(new URL(request?.url ?? "").searchParams.get("clientToken")).toBe(token);
    const { result, count } = await insertRemotely(success, { sheetIdOrName: ".." });
    expect([result["__typename"], count]).toEqual(["WriteInvalidInputError", 0]);
  });

  it.each([
    ["200 without value", 200, "{}", "Internal", "NO", "UNKNOWN"],
    ["an id too few", 200, '{"value":[]}', "Internal", "NO", "UNKNOWN"],
    ["errcode", 200, '{"errcode":40014,"errmsg":"x"}', "NotFound", "NO", "NOT_APPLIED"],
    [
      "a blocked address",
      200,
      '{"status":1111,"wait":5,"source":"x5","punish":"deny","uuid":"xxx"}',
      "RateLimited",
      "NO",
      "NOT_APPLIED",
    ],
    ["a page", 200, "<html>", "Unavailable", "ONLY_IF_IDEMPOTENT", "UNKNOWN"],
    ["a page of a gateway", 502, "<html>", "Unavailable", "ONLY_IF_IDEMPOTENT", "UNKNOWN"],
    ["a page of a busy gateway", 503, "<html>", "Unavailable", "ONLY_IF_IDEMPOTENT", "UNKNOWN"],
    ["a gateway without words", 502, "", "Unavailable", "ONLY_IF_IDEMPOTENT", "UNKNOWN"],
    ["a code-less 401", 401, "", "Unauthenticated", "NO", "NOT_APPLIED"],
    ["a page with 401", 401, "<html>", "Unauthenticated", "ONLY_IF_IDEMPOTENT", "UNKNOWN"],
    ["a page with 403", 403, "<html>", "PermissionDenied", "ONLY_IF_IDEMPOTENT", "UNKNOWN"],
    [
      "a code under another status",
      502,
      '{"code":"internalError","message":"m"}',
      "Internal",
      "ONLY_IF_IDEMPOTENT",
      "UNKNOWN",
    ],
    [
      "a rate of another kind",
      403,
      '{"code":"Forbidden.AccessDenied.QpmLimitForSuitekeyAndOrgAndApi"}',
      "RateLimited",
      "YES",
      "NOT_APPLIED",
    ],
    [
      "a month's quota",
      403,
      '{"code":"Forbidden.AccessDenied.ApiCountLimitForOrg"}',
      "RateLimited",
      "NO",
      "NOT_APPLIED",
    ],
    ["a busy system by its other name", 429, '{"code":"system.busy"}', "RateLimited", "YES", "NOT_APPLIED"],
    ["an undocumented code", 403, '{"code":"new.code","message":"m"}', "PermissionDenied", "NO", "NOT_APPLIED"],
  ])("reads %s", async (_name, status, body, kind, retryable, outcome) => {
    const { result } = await insertRemotely({ status, body });
    expect(result).toMatchObject({
      __typename: `Write${kind}Error`,
      retryable,
      outcome,
      safeToResend: retryable === "YES",
    });
  });

  it("reads an error body with capital keys, its request id included", async () => {
    const { result } = await insertRemotely({
      status: 400,
      body: '{"Code":"invalidRequest.inputArgs.invalid","Message":"bad","RequestId":"R1"}',
    });
    expect(result).toMatchObject({
      __typename: "WriteInvalidInputError",
      message: "bad",
      upstream: { code: "invalidRequest.inputArgs.invalid" },
    });
    expect(dingtalk.contracts[0]?.dialect.readError({ RequestId: "R1", Description: "why" })).toMatchObject({
      requestId: "R1",
      message: "why",
    });
  });
});
