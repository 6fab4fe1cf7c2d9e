import { beforeAll, describe, expect, it } from "vitest";
import { baseId, token, useDingtalk } from "./dingtalk-app.js";
import { ask, both, grantTokens, wrongArguments, type Asking } from "./rest-client.js";

const [readScope, writeScope] = ["Notable.Base.Read.All", "Notable.Base.Write.All"];

interface Companion {
  readonly method: string;
  /** Relative to the base. */
  readonly path: string;
  readonly scope: string;
  /** Whether the operator needs the right to edit. */
  readonly writes?: true;
  /** A valid body of a POST. */
  readonly body?: string;
}

const companions: readonly Companion[] = [
  { method: "GET", path: "sheets", scope: readScope },
  { method: "POST", path: "sheets", scope: writeScope, writes: true, body: "{}" },
  { method: "GET", path: "sheets/Tasks/fields", scope: readScope },
  { method: "POST", path: "sheets/Tasks/fields", scope: writeScope, writes: true, body: '{"name":"n","type":"text"}' },
  { method: "POST", path: "sheets/Tasks/records/list", scope: readScope, body: "{}" },
  { method: "GET", path: "sheets/Tasks/records/r", scope: readScope },
  { method: "POST", path: "changedRecordIds/query", scope: writeScope, body: `{"clientToken":"${token}"}` },
];

const world = useDingtalk({ environment: { AUTHORIZATION: "on" } });
beforeAll(async () => {
  await grantTokens(world());
  await world().createBase("alien", { documentType: "spreadsheet", state: "broken" });
  await world().createBase("broken", { state: "broken" });
  await world().createBase("early", { state: "initializing" });
  await world().createBase("trouble", { failure: "internalError" });
});

describe.each(companions)("$method $path", ({ method, path, scope, writes = false, body }) => {
  const wrong = body === undefined ? undefined : "{";
  const answer = async (base: string, asking: Asking = {}, place = path) => {
    const reply = await ask(world(), method, `/v1.0/notable/bases/${base}/${place}`, { text: body, ...asking });
    return { ...reply, code: reply.body.code };
  };
  const [rightScope, wrongScope] = scope === writeScope ? ["tok-writes", "tok-reads"] : ["tok-reads", "tok-writes"];

  it("answers the first fault, in the contract's order", async () => {
    const refused = async (status: number, code: string, base: string, asking: Asking = {}, place = path) => {
      expect([asking, await answer(base, asking, place)]).toEqual([
        asking,
        {
          status,
          code,
          body: {
            code,
            requestid: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown,
            message: expect.any(String) as unknown,
          },
        },
      ]);
    };
    await refused(404, "InvalidAction.NotFound", "none", { token: "", query: "" }, `${path}/more/of/it`);
    await refused(400, "AuthenticationFailed.MissingParameter", "none", { token: "", query: "", text: wrong });
    await refused(400, "InvalidAuthentication", "none", { token: "nope", query: "", text: wrong });
    await refused(400, "MissingoperatorId", "none", { query: "operatorId=", text: wrong });
    if (body !== undefined) await refused(400, wrongArguments, "none", { query: "operatorId=nobody", text: wrong });
    await refused(400, "paramError", "none", { query: "operatorId=nobody" });
    await refused(400, "paramError", baseId, { query: "operatorId=%00" });
    await refused(404, "invalidRequest.document.notFound", "none", { query: "operatorId=reader" });
    await refused(404, "invalidRequest.document.notFound", "%00", { query: "operatorId=reader" });
    await refused(404, "invalidRequest.document.notFound", baseId, { query: "operatorId=stranger" });
    await refused(403, "invalidRequest.document.typeIllegal", "alien", { query: "operatorId=reader" });
    await refused(400, "invalidRequest.document.broken", "broken", { query: "operatorId=reader" });
    await refused(400, "invalidRequest.document.stillInitializing", "early", { query: "operatorId=reader" });
    if (writes) await refused(403, "forbidden.operationIllegal", baseId, { query: "operatorId=reader" });
    if (path.includes("Tasks")) {
      await refused(
        404,
        "invalidRequest.resource.notFound",
        baseId,
        { query: "operatorId=editor" },
        path.replace("Tasks", "none"),
      );
      await refused(
        404,
        "invalidRequest.resource.notFound",
        baseId,
        { query: "operatorId=editor" },
        path.replace("Tasks", "%00"),
      );
    }
  });

  it("checks its scope before the base, and names the missing scope", async () => {
    for (const missing of [wrongScope, "tok-nothing"]) {
      const { status, code, body: error } = await answer("none", { token: missing, query: "", text: wrong });
      expect({ status, code, detail: error.accessdenieddetail }).toEqual({
        status: 403,
        code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        detail: { requiredScopes: [scope] },
      });
    }
    const asStranger = { query: "operatorId=stranger", token: rightScope };
    expect(await answer(baseId, asStranger)).toMatchObject({ code: "invalidRequest.document.notFound" });
  });

  it("is served at both paths to operators with the right, also when inserts are told to fail", async () => {
    const expected = path.endsWith("/r") ? 404 : 200;
    for (const base of [baseId, "trouble"])
      expect(await answer(base, { query: `operatorId=${writes ? "editor" : "reader"}` })).toMatchObject({
        status: expected,
      });
    const again = await answer(baseId, { prefix: "/dingtalk", query: "operatorId=second&operatorId=stranger" });
    // The name was taken by the first call of this test.
    expect(again.status).toBe(path.endsWith("fields") && writes ? 400 : expected);
  });
});

describe("the Open Platform", () => {
  const rated = useDingtalk({ environment: { DINGTALK_CALLS_PER_SECOND: "1" }, clock: { now: () => new Date(0) } });
  const closed = useDingtalk({ environment: { DINGTALK_ALLOWED_ADDRESSES: "10.0.0.1" } });

  it.each(companions)("counts the calls of $method $path separately", async ({ method, path, body }) => {
    const call = () => ask(rated(), method, path, { query: "", text: body });
    expect((await call()).body.code).toBe("MissingoperatorId");
    expect(await call()).toMatchObject({ status: 403, body: { code: "Forbidden.AccessDenied.QpsLimitForApi" } });
  });

  it.each(companions)("checks the caller's address for $method $path", async ({ method, path, body }) => {
    expect(await ask(closed(), method, path, { query: "", text: body })).toMatchObject({
      status: 403,
      body: { code: "Forbidden.AccessDenied.IpNotInWhiteList" },
    });
  });

  it.each([
    ["GET", "sheets/Tasks"],
    ["PUT", "sheets/Tasks"],
    ["DELETE", "sheets/Tasks"],
    ["PUT", "sheets/Tasks/records"],
    ["POST", "sheets/Tasks/records/delete"],
    ["PUT", "sheets/Tasks/fields/x"],
    ["DELETE", "sheets/Tasks/fields/x"],
    ["GET", "sheets/"],
    ["GET", "sheets/%ZZ/fields"],
  ])("does not serve %s %s", async (method, path) => {
    expect(await ask(rated(), method, path, { token: both })).toMatchObject({
      status: 404,
      body: { code: "InvalidAction.NotFound" },
    });
  });
});
