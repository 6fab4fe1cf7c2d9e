import { systemRequest } from "../../src/core/request-scope.js";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { askAccessToken, createDingtalk, type DingtalkError } from "./dingtalk-client.js";
import { openApp, rejection, type PeerApp } from "./open-app.js";

const baseId = "qnYbase0000000000000000000000001";
const brokenBaseId = "qnYbroken00000000000000000000001";
const base: JsonObject = {
  baseId,
  operators: { u1: "edit", u2: "read", u3: "none" },
  tokens: {
    tok: { scopes: ["Notable.Base.Write.All", "Notable.Base.Read.All"] },
    "tok-read": { scopes: ["Notable.Base.Read.All"] },
  },
  apps: [{ appKey: "k", appSecret: "s" }],
  sheets: [
    {
      id: "HAcL4SD",
      name: "数据表",
      fields: [
        { id: "6mNRNHb", name: "标题", type: "text", primary: true },
        { id: "kP2nUm1", name: "数字", type: "number" },
      ],
    },
  ],
};
const sheet = encodeURIComponent("数据表");
let app: PeerApp;

beforeAll(async () => {
  app = await openApp();
  await app.manageCollections.create(systemRequest, "dingtalk", base);
  await app.manageCollections.create(systemRequest, "dingtalk", { ...base, baseId: brokenBaseId, state: "broken" });
});
afterAll(() => app.close());

function sdk(changes: Partial<Parameters<typeof createDingtalk>[1]> = {}) {
  return createDingtalk(app.url, { baseId, token: "tok", operatorId: "u1", ...changes });
}

it("obtains an access token, creates a sheet and a field with it, inserts records and reads them back", async () => {
  const granted = await askAccessToken(app.url, { appKey: "k", appSecret: "s" });
  const dingtalk = sdk({ token: granted.body.accessToken });
  const fields = [
    { name: "Title", type: "text" },
    { name: "State", type: "singleSelect", property: { choices: [{ name: "open" }] } },
  ];
  const { body: created } = await dingtalk.createSheet({ name: "Tasks 1", fields });
  const name = encodeURIComponent(created.name);
  const field = await dingtalk.createField(name, { name: "Hours", type: "number", property: { formatter: "FLOAT_2" } });
  const records = [
    { fields: { Title: "a", State: "open", Hours: 2.5 } },
    { fields: { Title: "b", Hours: "3", State: null } },
    { fields: {} },
  ];
  const inserted = await dingtalk.insertRecords(name, records);
  const ids = inserted.body.value.map(({ id }) => id);
  const first = await dingtalk.listRecords(name, { maxResults: 2 });
  const last = await dingtalk.listRecords(created.id, { maxResults: 2, nextToken: first.body.nextToken });
  const one = await dingtalk.getRecord(name, ids[0] ?? "");

  expect(granted.body).toMatchObject({ accessToken: expect.any(String) as string, expireIn: 7200 });
  expect((await dingtalk.getAllSheets()).body.value).toMatchObject([
    { id: "HAcL4SD", name: "数据表" },
    { id: created.id, name: "Tasks 1" },
  ]);
  expect(field.body).toMatchObject({ name: "Hours", type: "number", property: { formatter: "FLOAT_2" } });
  expect((await dingtalk.getAllFields(name)).body.value.map((given) => [given.name, given.type])).toEqual([
    ["Title", "text"],
    ["State", "singleSelect"],
    ["Hours", "number"],
  ]);
  expect(inserted.statusCode).toBe(200);
  expect(ids).toEqual(Array.from({ length: 3 }, () => expect.stringMatching(/^[A-Za-z0-9]{10}$/) as string));
  expect(first.body).toMatchObject({
    hasMore: true,
    records: [{ id: ids[0] }, { id: ids[1], fields: { Title: "b", Hours: "3" } }],
  });
  expect(last.body).toMatchObject({ hasMore: false, nextToken: "", records: [{ id: ids[2], fields: {} }] });
  expect(one.body).toEqual(first.body.records[0]);
  expect(one.body).toMatchObject({
    fields: { Title: "a", State: { name: "open" }, Hours: "2.5" },
    createdBy: { unionId: "u1" },
    createdTime: expect.any(Number) as number,
  });
});

it("gives an app the same access token while it is valid", async () => {
  const [first, second] = [
    await askAccessToken(app.url, { appKey: "k", appSecret: "s" }),
    await askAccessToken(app.url, { appKey: "k", appSecret: "s" }),
  ];

  expect(second.body.accessToken).toBe(first.body.accessToken);
});

it("inserts once for one client token, sent beside the request", async () => {
  const queries = { clientToken: randomUUID() };
  const records = [{ fields: { 标题: "once" } }];
  await sdk().insertRecords(sheet, records, queries);
  const failure = await rejection<DingtalkError>(sdk().insertRecords(sheet, records, queries));
  const { body } = await sdk().listRecords(sheet);

  expect(failure).toMatchObject({ code: "invalidRequest.duplicateClientToken", statusCode: 409 });
  expect(body.records.filter(({ fields }) => fields["标题"] === "once")).toHaveLength(1);
});

it.each([
  [400, "InvalidAuthentication", "a wrong token", { token: "nope" }],
  [400, "AuthenticationFailed.MissingParameter", "no token", { token: undefined }],
  [400, "MissingoperatorId", "no operator", { operatorId: undefined }],
  [403, "forbidden.operationIllegal", "an operator who may only read", { operatorId: "u2" }],
  [404, "invalidRequest.document.notFound", "an operator who may see nothing", { operatorId: "u3" }],
  [400, "invalidRequest.document.broken", "a broken base", { baseId: brokenBaseId }],
])("throws an error with status %i and code %s for %s", async (statusCode, code, _case, changes) => {
  const failure = await rejection<DingtalkError>(sdk(changes).insertRecords(sheet, [{ fields: { 标题: "x" } }]));

  expect(failure).toMatchObject({ name: "Error", code, statusCode, data: { code, statusCode } });
  expect(failure.message).toMatch(
    new RegExp(`^${code}: code: ${statusCode}, .+ request id: [0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$`),
  );
});

it("names the scope that a token lacks", async () => {
  const failure = await rejection<DingtalkError>(sdk({ token: "tok-read" }).insertRecords(sheet, [{ fields: {} }]));

  expect(failure).toMatchObject({
    code: "Forbidden.AccessDenied.AccessTokenPermissionDenied",
    statusCode: 403,
    accessDeniedDetail: { requiredScopes: ["Notable.Base.Write.All"] },
  });
});

it.each([
  [404, "invalidRequest.resource.notFound", "an unknown sheet", "nowhere", [{ fields: {} }], ""],
  [
    400,
    "invalidRequest.inputArgs.invalid",
    "a wrong value",
    sheet,
    [{ fields: { 数字: "abc" } }],
    "the value 'abc' is invalid for field '数字'",
  ],
  [400, "invalidRequest.inputArgs.invalid", "no records", sheet, [], ""],
] as const)(
  "throws an error with status %i and code %s for %s",
  async (statusCode, code, _case, name, records, message) => {
    const failure = await rejection<DingtalkError>(sdk().insertRecords(name, records));

    expect(failure).toMatchObject({ code, statusCode });
    expect(failure.message).toContain(message);
  },
);

it("throws an error for the wrong secret of an app", async () => {
  const failure = await rejection<DingtalkError>(askAccessToken(app.url, { appKey: "k", appSecret: "x" }));

  expect(failure).toMatchObject({ code: "invalidClientIdOrSecret", statusCode: 400 });
});
