import { describe, expect, it } from "vitest";
import { parseJson } from "../../../../src/json/parse.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../../src/json/value.js";
import { taskIdOf, useAltatech } from "../altatech-service.js";
import { rows, table } from "../products-table.js";

const openService = useAltatech();

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
      '[{"id":"1","count":1.0000000000000000001},{"values":{"id":"2","count":0.99999999999999999999}},{"id":"3","count":9007199254740993.0,"note":0.12345678901234567891}]',
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
    expect(await service.storedFields(collection)).toEqual([
      { id: "3", note: "0.12345678901234567891", count: 9007199254740993n },
    ]);
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
