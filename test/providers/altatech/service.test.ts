import { describe, expect, it } from "vitest";
import { unlimitedCaller } from "../../../src/contract/credentials.js";
import { parseJson } from "../../../src/json/parse.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import type { Caller } from "../../../src/core/caller.js";
import { altatech } from "../../../src/providers/altatech/index.js";
import { writeOver } from "../../service/write-over.js";
import { tableId, taskIdOf, useAltatech } from "./altatech-service.js";

const openService = useAltatech();
const table: JsonObject = {
  table_id: tableId,
  name: "products",
  bot_id: "shop",
  fields: [
    { name: "id", type: "TEXT", required: true, unique: true },
    { name: "note", type: "TEXT" },
    { name: "count", type: "INT" },
  ],
};

function rows(count: number, note: string): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ values: { id: String(index), note } }));
}

describe("the limits", () => {
  it("accept exactly 1,000 records", async () => {
    const { create, importRows } = openService();
    await create(table);
    expect(await importRows(rows(1000, "x"))).toMatchObject({ status: 200 });
  });

  it("measure the CSV form, not the JSON", async () => {
    const { create, importRows } = openService();
    await create(table);
    // Each break is one byte in CSV and two in JSON.
    const passing = [{ values: { id: "1", note: "\n".repeat(10 * 1024 * 1024 - 20) } }];
    expect(await importRows(passing)).toMatchObject({ status: 200 });
    const quoted = [{ values: { id: "1", note: '"'.repeat(5 * 1024 * 1024) } }];
    expect(await importRows(quoted)).toMatchObject({
      status: 400,
      body: { code: 40000, message: expect.stringContaining("10 MB") as unknown },
    });
  });

  it("can be configured", async () => {
    const { create, importRows } = openService({ settings: { MAX_RECORDS: 2, MAX_CSV_BYTES: 30 } });
    await create(table);
    expect(await importRows(rows(3, ""))).toMatchObject({
      body: { message: expect.stringContaining("at most 2 are") as unknown },
    });
    expect(await importRows(rows(1, "x".repeat(30)))).toMatchObject({
      body: { message: expect.stringContaining("CSV") as unknown },
    });
  });

  it("count calls per minute only when configured", async () => {
    const { create, importRows } = openService({ settings: { CALLS_PER_MINUTE: 2 } });
    await create(table);
    const codes: unknown[] = [];
    // At least one minute contains three of the calls, wherever the minutes begin.
    for (let call = 0; call < 5; call += 1) codes.push((await importRows([])).body);
    expect(codes).toContainEqual(expect.objectContaining({ code: 40008 }));
  });
});

describe("the checks come in the contract's order", () => {
  it.each<[string, JsonValue | undefined, string]>([
    ["a body that is a list", [], "the body must be a JSON object"],
    ["no body", undefined, "the body must be a JSON object"],
    ["neither table_id nor records", {}, "`table_id`"],
    ["a table_id in upper case", { table_id: tableId.toUpperCase(), records: [] }, "`table_id`"],
    ["records that are not a list", { table_id: tableId, records: {} }, "`records`"],
    [
      "a record that is not an object, among too many",
      { table_id: tableId, records: [...rows(1001, "x"), 7] },
      "`records.1001`",
    ],
    ["too many records for a table that does not exist", { table_id: tableId, records: rows(1001, "x") }, "1000"],
  ])("%s", async (_name, body, text) => {
    expect(await openService().send({ body })).toMatchObject({
      status: 400,
      body: { code: 40000, message: expect.stringContaining(text) as unknown },
    });
  });

  it("names the record at fault beside the body", async () => {
    const { violations } = await openService().send({ body: { table_id: tableId, records: [{}, null] } });
    expect(violations).toEqual([expect.objectContaining({ recordIndex: 1 })]);
  });

  it("refuses a request without a key although every key is accepted", async () => {
    expect(await openService().send({ headers: {}, body: {} })).toMatchObject({ status: 401, body: { code: 40127 } });
  });

  it("answers unknown paths and methods with a parameter error", async () => {
    const { send } = openService();
    expect(await send({ method: "GET" })).toMatchObject({ status: 400, body: { code: 40000 } });
    expect(await send({ path: "/v1/database/nope" })).toMatchObject({ status: 400, body: { code: 40000 } });
  });
});

describe("a key reaches the tables of its own bot", () => {
  const callers: Readonly<Record<string, Caller>> = {
    "app-shop": { principal: "shop", scopes: "all", grants: ["shop"] },
    "app-other": { principal: "other", scopes: "all", grants: ["other"] },
  };

  it("and neither another's table nor another's tasks", async () => {
    const { store, create, send } = openService({ authorization: "on" });
    await create(table);
    for (const [secret, caller] of Object.entries(callers))
      await store.credentials.saveCredential({ provider: altatech.id, caller, secret });
    const body = { table_id: tableId, records: rows(1, "x") };
    const [own, other] = ["app-shop", "app-other"].map((secret) => ({ authorization: `Bearer ${secret}` }));
    expect(await send({ headers: other, body })).toMatchObject({ status: 403, body: { code: 403131 } });
    const ids = taskIdOf(await send({ headers: own, body }));
    const status = { method: "GET", path: "/v1/database/query/import-results", query: { ids } } as const;
    expect((await send({ ...status, headers: own })).body).toHaveLength(1);
    expect((await send({ ...status, headers: other })).body).toEqual([]);
  });
});

describe("a task", () => {
  it("is pending until it is carried out, and is found among several requested ids", async () => {
    const { create, importRows, send, settle, resultOf } = openService();
    await create(table);
    const first = taskIdOf(await importRows(rows(1, "x")));
    const second = taskIdOf(await importRows([{ id: "2" }]));
    expect(await resultOf(first)).toEqual({
      id: first,
      progress: 1,
      status: "PENDING_PARSE",
      total_count: 1,
      success_count: 0,
      fail_count: 0,
      fail_detail: [],
    });
    await settle(first);
    expect(await resultOf(first)).toMatchObject({ progress: 100, status: "AVAILABLE", success_count: 1 });
    const path = "/v1/database/query/import-results";
    const { body } = await send({ method: "GET", path, query: { ids: [first, second, first, "0".repeat(24)] } });
    expect(body).toMatchObject([{ id: first }, { id: second }]);
  });

  it("judges numbers by the digits that were sent, also after the task stored them", async () => {
    const service = openService();
    const collection = await service.create(table);
    const sent = parseJson(
      '[{"id":"1","count":1.0000000000000000001},{"values":{"id":"2","count":0.99999999999999999999}},{"id":"3","count":9007199254740993.0}]',
    );
    if (!isJsonArray(sent)) throw new Error("the rows are not a list");
    const taskId = taskIdOf(await service.importRows(sent));
    await service.settle(taskId);
    expect(await service.resultOf(taskId)).toMatchObject({
      success_count: 1,
      fail_detail: [
        { row: 1, fail_reason: "`count` must be of type INT; the current value '1.0000000000000000001' is invalid." },
        { row: 2, fail_reason: "`count` must be of type INT; the current value '0.99999999999999999999' is invalid." },
      ],
    });
    expect(await service.storedFields(collection)).toEqual([{ id: "3", note: null, count: 9007199254740993n }]);
  });

  it("drops rows that cannot be stored, naming the field, and stores the others", async () => {
    const service = openService();
    const collection = await service.create(table);
    const deep = JSON.parse("[".repeat(100_000) + "]".repeat(100_000)) as JsonValue;
    const bad: readonly JsonObject[] = [
      { id: "1", note: "a\0b" },
      { id: "2", note: "\udfff" },
      { id: "3", note: deep },
      { id: "4", "\0\ud800": 1 },
      { id: "5", note: { "\0": ["\ud800"] } },
    ];
    const taskId = taskIdOf(await service.importRows([...bad, { id: "9", count: 9007199254740993n }]));
    await service.settle(taskId);
    expect(await service.resultOf(taskId)).toMatchObject({
      status: "AVAILABLE",
      success_count: 1,
      fail_detail: [
        { row: 1, fail_reason: "`note` contains U+0000." },
        { row: 2, fail_reason: "`note` contains a lone surrogate." },
        { row: 3, fail_reason: "`note` nests deeper than 1024 levels." },
        { row: 4 },
        { row: 5 },
      ],
    });
    expect(await service.storedFields(collection)).toEqual([{ id: "9", note: null, count: 9007199254740993n }]);
  });

  it("reports every one of 1,000 dropped rows", async () => {
    const service = openService();
    await service.create(table);
    const task = await service.importAndSettle(Array.from({ length: 1000 }, () => ({ nope: 1 })));
    expect(task).toMatchObject({ state: "failed", failCount: 1000 });
    const result = await service.resultOf(task.id);
    expect(isJsonObject(result) && result["fail_detail"]).toHaveLength(1000);
  });
});

it("answers every number of a FLOAT as a number and every digit of an INT", async () => {
  const service = openService();
  const collection = await service.create({
    ...table,
    fields: [
      { name: "price", type: "FLOAT" },
      { name: "count", type: "INT" },
    ],
  });
  const sent = [
    { price: 1e20, count: 2n ** 63n - 1n },
    { price: 12345678901234567890n, count: null },
    { price: -1.5e300, count: 0 },
  ];
  await service.importAndSettle(sent);
  expect(await service.storedFields(collection)).toEqual([
    sent[0],
    { price: 12345678901234567890, count: null },
    sent[2],
  ]);
});

describe("a record's shape", () => {
  it("is decided record by record: only a lone `values` object is an envelope", async () => {
    const service = openService();
    const collection = await service.create({
      ...table,
      fields: [
        { name: "values", type: "TEXT" },
        { name: "id", type: "TEXT" },
      ],
    });
    await service.importAndSettle([{ values: { id: "1" } }, { id: "2" }, { values: "x" }, { values: "y", id: "4" }]);
    expect(await service.storedFields(collection)).toEqual([
      { values: null, id: "1" },
      { values: null, id: "2" },
      { values: "x", id: null },
      { values: "y", id: "4" },
    ]);
  });
});

describe("the data source", () => {
  it("answers the task and the collection that will hold the records", async () => {
    const { write, create } = openService({ secret: undefined });
    const { id } = await create(table);
    const receipt = await write("insertRecords", {
      target: { table_id: tableId },
      records: [{ id: "1" }],
      origin: { caller: unlimitedCaller("test") },
    });
    expect(receipt).toEqual({
      status: "accepted",
      taskId: expect.stringMatching(/^[0-9a-f]{24}$/) as unknown,
      collectionId: id,
    });
  });

  it.each<[string, JsonValue]>([
    ["a list of texts", ["673e9cda9f7bc178002dbd9c", "another"]],
    ["a list of objects", [{ id: "673e9cda9f7bc178002dbd9c" }]],
    ["a text", "673e9cda9f7bc178002dbd9c"],
    ["an object", { id: "673e9cda9f7bc178002dbd9c", status: "?" }],
  ])("takes the id from %s", async (_name, data) => {
    const insert = insertInto({ code: 0, message: "success", data });
    await expect(insert()).resolves.toMatchObject({ taskId: "673e9cda9f7bc178002dbd9c" });
  });

  it("treats code 0 without an id as unreadable: the rows may be stored", async () => {
    await expect(insertInto({ code: 0, message: "OK", data: [] })()).rejects.toMatchObject({
      details: { kind: "internal", outcome: "unknown" },
    });
  });

  it("does not treat status 200 as success", async () => {
    await expect(insertInto({ code: 40000, message: "Parameter error" })()).rejects.toMatchObject({
      details: { kind: "invalid-input", retry: "no", upstream: { httpStatus: 200, code: "40000" } },
    });
  });
});

function insertInto(body: JsonValue): () => Promise<unknown> {
  const write = writeOver(altatech, () => Promise.resolve({ status: 200, headers: {}, body }));
  return () => write("insertRecords", { target: { table_id: tableId }, records: [{ id: "1" }] });
}

describe("a table's definition", () => {
  it("is generated for absent members", () => {
    const ids = { uuid: () => "", hex: (length: number) => "a".repeat(length), alphanumeric: () => "" };
    const { collections } = altatech;
    const made = collections.toCollection(
      collections.definition.parse({ name: "t", fields: [{ name: "a", type: "TEXT" }] }),
      ids,
    );
    expect(made).toMatchObject({
      name: "a".repeat(24),
      space: { name: "default" },
      definition: { fields: [{ required: false, unique: false }] },
    });
  });

  it("refuses a field name that is given twice", () => {
    const { collections } = altatech;
    const field = { name: "a", type: "TEXT" };
    expect(() =>
      collections.toCollection(collections.definition.parse({ name: "t", fields: [field, field] }), {
        uuid: () => "",
        hex: () => tableId,
        alphanumeric: () => "",
      }),
    ).toThrow("a is given twice");
  });
});
