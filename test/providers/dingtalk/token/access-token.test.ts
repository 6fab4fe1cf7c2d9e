import { beforeAll, describe, expect, it } from "vitest";
import { dingtalk } from "../../../../src/providers/dingtalk/index.js";
import { useDingtalk } from "../dingtalk-app.js";
import { ask, grantTokens, wrongArguments } from "../rest-client.js";

const path = "/v1.0/oauth2/accessToken";
const form = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;

describe("an access token", () => {
  let now = Date.UTC(2026, 0, 1);
  const world = useDingtalk({ environment: { AUTHORIZATION: "on" }, clock: { now: () => new Date(now) } });
  beforeAll(() => grantTokens(world()));

  const askFor = (appKey: string, appSecret: string, prefix = "") =>
    ask(world(), "POST", path, { token: "", query: "", body: { appKey, appSecret }, prefix });
  const tokenOf = async (appKey: string, appSecret: string): Promise<string> =>
    (await askFor(appKey, appSecret)).body.accessToken;
  const readWith = async (token: string) => ask(world(), "GET", "sheets", { token });
  const insertWith = async (token: string) =>
    ask(world(), "POST", "sheets/Tasks/records", { token, body: { records: [{ fields: {} }] } });

  it("grants the scopes of its app", async () => {
    const first = await askFor("app", "secret");
    expect(first).toEqual({ status: 200, body: { accessToken: form, expireIn: 7200 } });
    expect(
      [await readWith(first.body.accessToken), await insertWith(first.body.accessToken)].map(({ status }) => status),
    ).toEqual([200, 200]);
    const reads = await tokenOf("reader", "s");
    expect(reads).not.toBe(first.body.accessToken);
    expect(await readWith(reads)).toMatchObject({ status: 200 });
    expect(await insertWith(reads)).toMatchObject({
      status: 403,
      body: {
        code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
        accessdenieddetail: { requiredScopes: ["Notable.Base.Write.All"] },
      },
    });
  });

  it("is the same until it expires, and then another", async () => {
    const token = await tokenOf("app", "secret");
    now += 7_199_500;
    expect(await askFor("app", "secret", "/dingtalk")).toMatchObject({ body: { accessToken: token, expireIn: 1 } });
    expect(await readWith(token)).toMatchObject({ status: 200 });
    now += 500;
    expect(await readWith(token)).toMatchObject({ status: 400, body: { code: "InvalidAuthentication" } });
    const next = await askFor("app", "secret");
    expect(next.body).toEqual({ accessToken: form, expireIn: 7200 });
    expect(next.body.accessToken).not.toBe(token);
    expect(await readWith(next.body.accessToken)).toMatchObject({ status: 200 });
    expect(await readWith(token)).toMatchObject({ status: 400, body: { code: "InvalidAuthentication" } });
    now += 3_600_000;
    expect((await askFor("app", "secret")).body.expireIn).toBe(3600);
  });

  it("is the same for eight concurrent requests, and valid as soon as one of them has it", async () => {
    now += 86_400_000;
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const { body } = await askFor("app", "secret");
        return [body.accessToken, body.expireIn, (await readWith(body.accessToken)).status] as const;
      }),
    );
    expect(new Set(answers.map(String)).size).toBe(1);
    expect(answers[0]).toEqual([form, 7200, 200]);
  });

  it("keeps its scopes: a grant takes effect in the next one", async () => {
    now += 86_400_000;
    const token = await tokenOf("reader", "s");
    await world().app.grantAccess(dingtalk.id, { apps: [{ appKey: "reader", appSecret: "s" }] });
    expect(await tokenOf("reader", "s")).toBe(token);
    expect(await insertWith(token)).toMatchObject({ status: 403 });
    now += 7_200_000;
    const next = await tokenOf("reader", "s");
    expect(await insertWith(next)).toMatchObject({ status: 200 });
    await world().app.grantAccess(dingtalk.id, { apps: [{ appKey: "reader", appSecret: "s", scopes: [] }] });
    expect(await tokenOf("reader", "s")).toBe(next);
    expect(await insertWith(next)).toMatchObject({ status: 200 });
  });

  it("is not stored in plain text", async () => {
    const token = await tokenOf("app", "secret");
    const claims = world().app.store.claims;
    expect(await claims.findClaim("dingtalk.access-token", token)).toBeUndefined();
    expect(await world().app.store.credentials.findCaller(dingtalk.id, token, new Date(now))).toEqual({
      principal: "app",
      scopes: ["Notable.Base.Read.All", "Notable.Base.Write.All"],
      grants: "all",
    });
  });

  it.each([
    ["a wrong secret", "app", "Secret"],
    ["another app's secret", "app", "s"],
    ["an unknown app", "nobody", "secret"],
    ["nothing", "", ""],
    ["half of one", "app\nsecret", ""],
    ["a token for a secret", "tok-both", ""],
    ["U+0000", "app\0", "secret"],
    ["a lone surrogate", "app", "\ud800"],
    ["a very long key", "x".repeat(100_000), "secret"],
    ["an inherited name", "__proto__", "constructor"],
  ])("is not given for %s", async (_name, appKey, appSecret) => {
    const { status, body } = await ask(world(), "POST", path, {
      token: "",
      query: "",
      text: JSON.stringify({ appKey, appSecret }),
    });
    expect({ status, ...body }).toEqual({
      status: 400,
      code: "invalidClientIdOrSecret",
      message: "无效的clientId或者clientSecret",
      requestid: expect.stringMatching(/^[0-9A-F-]{36}$/) as unknown,
    });
  });

  it("is not given when key and secret are split at another place", async () => {
    await world().app.grantAccess(dingtalk.id, { apps: [{ appKey: "one", appSecret: "two\nthree" }] });
    expect(await askFor("one", "two\nthree")).toMatchObject({ status: 200 });
    expect(await askFor("one\ntwo", "three")).toMatchObject({ status: 400, body: { code: "invalidClientIdOrSecret" } });
  });

  it.each<[string, string, string]>([
    ["no key", '{"appSecret":"s"}', "MissingappKey"],
    ["no secret", '{"appKey":"k"}', "MissingappSecret"],
    ["no body", "", "MissingappKey"],
    ["the names of OAuth", '{"clientId":"k","clientSecret":"s"}', "MissingappKey"],
    ["a key that is not a text", '{"appKey":1,"appSecret":"s"}', wrongArguments],
    ["a secret that is not a text", '{"appKey":"app","appSecret":null}', wrongArguments],
    ["broken JSON", "{", wrongArguments],
  ])("needs both members and valid JSON: %s", async (_name, text, code) => {
    const { status, body } = await ask(world(), "POST", path, { token: "", query: "", text });
    expect({ status, code: body.code }).toEqual({ status: 400, code });
  });

  it("is requested by POST only, and not in the newer form", async () => {
    expect(await ask(world(), "GET", path, { token: "" })).toMatchObject({
      status: 404,
      body: { code: "InvalidAction.NotFound" },
    });
    expect(await ask(world(), "POST", "/v1.0/oauth2/corp/token", { body: {} })).toMatchObject({
      status: 404,
      body: { code: "InvalidAction.NotFound" },
    });
  });
});

describe("with authorization off", () => {
  const world = useDingtalk({ clock: { now: () => new Date(0) } });

  it("every request gets a token, the same each time, which is not a credential", async () => {
    const askFor = (appKey: string) =>
      ask(world(), "POST", path, { token: "", query: "", text: JSON.stringify({ appKey, appSecret: "s" }) });
    const first = await askFor("anybody");
    expect(first).toMatchObject({ status: 200, body: { accessToken: form, expireIn: 7200 } });
    expect((await askFor("anybody")).body).toEqual(first.body);
    for (const appKey of ["", "\0", "\ud800", "x".repeat(100_000)])
      expect(await askFor(appKey)).toMatchObject({ status: 200, body: { accessToken: form } });
    expect(await ask(world(), "GET", "sheets", { token: first.body.accessToken })).toMatchObject({ status: 200 });
    expect(
      await world().app.store.credentials.findCaller(dingtalk.id, first.body.accessToken, new Date(0)),
    ).toBeUndefined();
  });
});

describe("from an address that is not on the list", () => {
  const world = useDingtalk({ environment: { DINGTALK_ALLOWED_ADDRESSES: "10.0.0.1" } });

  it("no token is given", async () => {
    expect(await ask(world(), "POST", path, { token: "", query: "", text: "{" })).toMatchObject({
      status: 403,
      body: { code: "Forbidden.AccessDenied.IpNotInWhiteList" },
    });
  });
});
