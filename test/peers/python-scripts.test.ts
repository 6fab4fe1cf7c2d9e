import { systemRequest } from "../../src/core/request-scope.js";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApp, type PeerApp } from "./open-app.js";
import { sendRaw, type RawReply } from "./raw-client.js";

const usual = [
  "User-Agent: python-requests/2.34.2",
  "Accept-Encoding: gzip, deflate",
  "Accept: */*",
  "Connection: keep-alive",
];
const table = "673af861ed69656ac0895b07";
const baseId = "qnYbase0000000000000000000000001";
let app: PeerApp;

beforeAll(async () => {
  app = await openApp();
  await app.manageCollections.create(systemRequest, "milvus", {
    users: [{ name: "root", password: "Milvus" }],
    collectionName: "book",
    fields: [
      { name: "book_id", type: "Int64", primary: true },
      { name: "vector", type: "FloatVector", dim: 2 },
    ],
    dynamic: true,
  });
  await app.manageCollections.create(systemRequest, "altatech", {
    tokens: { "app-0123456789abcdefghijklmn": {} },
    table_id: table,
    name: "product_feed",
    fields: [
      { name: "id", type: "TEXT", unique: true },
      { name: "age", type: "INT" },
    ],
  });
  await app.manageCollections.create(systemRequest, "dingtalk", {
    baseId,
    operators: { u1: "edit" },
    apps: [{ appKey: "k", appSecret: "s" }],
    sheets: [{ name: "表 1", fields: [{ name: "标题", type: "text" }] }],
  });
});
afterAll(() => app.close());

/** `requests.post(url, headers={…}, json=…)`: the length stands before the type. */
function postJson(path: string, header: readonly string[], body: string): Promise<RawReply> {
  return sendRaw(app.url, {
    method: "POST",
    path,
    headers: [...usual, ...header, "Content-Length:", "Content-Type: application/json"],
    body,
  });
}

/** `requests.get(url, headers={…}, params=…)`. */
function get(path: string, header: readonly string[]): Promise<RawReply> {
  return sendRaw(app.url, { method: "GET", path, headers: [...usual, ...header] });
}

function bodyOf({ status, text }: RawReply): unknown {
  return { status, body: JSON.parse(text) as unknown };
}

describe("a Python script for Milvus", () => {
  const bearer = ["Authorization: Bearer root:Milvus"];
  /** Of `auth=("root", "Milvus")`. */
  const basic = ["Authorization: Basic cm9vdDpNaWx2dXM="];

  it("inserts, upserts and reads back, with every digit", async () => {
    const insert = String.raw`{"collectionName": "book", "data": [{"book_id": 9007199254740993, "vector": [0.25, 0.5], "title": "\u00e9"}]}`;
    const upsert = String.raw`{"collectionName": "book", "data": {"book_id": 9007199254740993, "vector": [1e-05, 0.5], "title": "\ud83d\ude00"}}`;

    expect((await postJson("/v1/vector/insert", bearer, insert)).text).toBe(
      '{"code":200,"data":{"insertCount":1,"insertIds":[9007199254740993]}}',
    );
    expect((await postJson("/v1/vector/upsert", basic, upsert)).text).toBe(
      '{"code":200,"data":{"upsertCount":1,"upsertIds":[9007199254740993]}}',
    );
    const { text } = await postJson(
      "/v1/vector/get",
      bearer,
      '{"collectionName": "book", "id": [9007199254740993], "outputFields": ["*"]}',
    );
    expect(text).toContain('"book_id":9007199254740993');
    expect(JSON.parse(text)).toMatchObject({ code: 200, data: [{ vector: [1e-5, 0.5], title: "😀" }] });
  });

  it.each([
    ["a wrong password", 401, 1800, ["Authorization: Bearer root:milvus"], '{"collectionName": "book", "data": []}'],
    [
      "NaN, which json.dumps writes bare",
      200,
      1801,
      bearer,
      '{"collectionName": "book", "data": [{"book_id": 1, "vector": [NaN, 0.5]}]}',
    ],
    ["no data", 200, 1802, bearer, '{"collectionName": "book", "data": null}'],
    [
      "None as a value",
      200,
      1804,
      bearer,
      '{"collectionName": "book", "data": [{"book_id": null, "vector": [0.25, 0.5]}]}',
    ],
  ])("is refused for %s", async (_case, status, code, header, body) => {
    expect(bodyOf(await postJson("/v1/vector/insert", header, body))).toMatchObject({ status, body: { code } });
  });

  it("describes a collection", async () => {
    expect(bodyOf(await get("/v1/vector/collections/describe?collectionName=book", basic))).toMatchObject({
      status: 200,
      body: { code: 200, data: { collectionName: "book" } },
    });
  });
});

describe("a Python script for Altatech", () => {
  const key = ["Authorization: Bearer app-0123456789abcdefghijklmn"];

  /** Polls as scripts do, faster. */
  async function final(id: string): Promise<Readonly<Record<string, unknown>>> {
    for (let polls = 0; polls < 100; polls += 1) {
      const [task] = JSON.parse(
        (await get(`/v1/database/query/import-results?ids=${id}&ids=${"0".repeat(24)}`, key)).text,
      ) as Readonly<Record<string, unknown>>[];
      if (task?.["status"] === "AVAILABLE" || task?.["status"] === "FAIL") return task;
      await setTimeout(50);
    }
    throw new Error("the import does not come to an end");
  }

  it("creates a table, imports into it, waits for the task and reads the rows", async () => {
    const fields = String.raw`[{"name": "id", "description": "", "type": "TEXT", "required": true, "unique": true}, {"name": "age", "description": "\u5e74\u9f84", "type": "INT"}]`;
    const created = JSON.parse(
      (
        await postJson(
          "/v1/database/create-table",
          key,
          `{"name": "people", "description": "People", "fields": ${fields}}`,
        )
      ).text,
    ) as { readonly data: string };
    const records = String.raw`[{"values": {"id": "7", "age": 30}}, {"id": "\u00e9", "age": "31"}, {"id": "9", "age": "abc"}]`;
    const imported = JSON.parse(
      (await postJson("/v1/database/import/records", key, `{"table_id": "${created.data}", "records": ${records}}`))
        .text,
    ) as { readonly data: readonly string[] };
    const task = await final(imported.data[0] ?? "");
    const page = await postJson(
      "/v1/database/records/page",
      key,
      `{"table_id": "${created.data}", "page": 1, "page_size": 50}`,
    );

    expect(created).toMatchObject({ code: 0, message: "OK", data: expect.stringMatching(/^[0-9a-f]{24}$/) as string });
    expect(imported).toMatchObject({ code: 0, data: [expect.stringMatching(/^[0-9a-f]{24}$/)] });
    expect(task).toMatchObject({
      status: "AVAILABLE",
      total_count: 3,
      success_count: 2,
      fail_count: 1,
      fail_detail: [{ row: 3 }],
    });
    expect(bodyOf(page)).toMatchObject({
      status: 200,
      body: {
        code: 0,
        data: {
          total_count: 2,
          table_info: { id: created.data, name: "people" },
          records: [
            { id: expect.stringMatching(/^\d+$/) as string, value: { id: "7", age: 30 } },
            { value: { id: "é", age: 31 } },
          ],
        },
      },
    });
  });

  it.each([
    ["no key", 401, 40127, [], `{"table_id": "${table}", "records": [{"id": "1"}]}`],
    ["an unknown table", 403, 403106, key, `{"table_id": "${"f".repeat(24)}", "records": [{"id": "1"}]}`],
    ["no records", 400, 40000, key, `{"table_id": "${table}", "records": []}`],
    ["NaN, which json.dumps writes bare", 400, 40000, key, `{"table_id": "${table}", "records": [{"id": NaN}]}`],
    [
      "1,001 records",
      400,
      40000,
      key,
      `{"table_id": "${table}", "records": [${Array.from({ length: 1001 }, (_, id) => `{"id": "${id}"}`).join(", ")}]}`,
    ],
  ])("is refused for %s", async (_case, status, code, header, body) => {
    expect(bodyOf(await postJson("/v1/database/import/records", header, body))).toMatchObject({
      status,
      body: { code, message: expect.any(String) as string },
    });
  });
});

describe("a Python script for DingTalk", () => {
  it("obtains an access token and inserts with it, once a client token", async () => {
    const granted = await postJson("/v1.0/oauth2/accessToken", [], '{"appKey": "k", "appSecret": "s"}');
    const { accessToken } = JSON.parse(granted.text) as { readonly accessToken: string };
    const header = [`x-acs-dingtalk-access-token: ${accessToken}`];
    const path = `/v1.0/notable/bases/${baseId}/sheets/%E8%A1%A8%201/records?operatorId=u1&clientToken=550e8400-e29b-41d4-a716-446655440000`;
    const body = String.raw`{"records": [{"fields": {"\u6807\u9898": "x"}}]}`;
    const inserted = await postJson(path, header, body);

    expect(bodyOf(granted)).toMatchObject({ status: 200, body: { expireIn: 7200 } });
    expect(inserted.status).toBe(200);
    expect(inserted.text).toMatch(/^\{"value":\[\{"id":"[A-Za-z0-9]{10}"\}\]\}$/);
    expect(bodyOf(await postJson(path, header, body))).toMatchObject({
      status: 409,
      body: { code: "invalidRequest.duplicateClientToken" },
    });
  });

  it("is refused for a wrong secret", async () => {
    expect(bodyOf(await postJson("/v1.0/oauth2/accessToken", [], '{"appKey": "k", "appSecret": "x"}'))).toMatchObject({
      status: 400,
      body: { code: "invalidClientIdOrSecret" },
    });
  });
});
