import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../../src/json/value.js";
import type { PendingTask, TaskResult } from "../../../../src/core/task.js";
import { randomIds } from "../../../../src/host/system.js";
import { imports } from "../../../../src/providers/altatech/import/import.js";
import { tables } from "../../../../src/providers/altatech/table/table.js";
import { tableId } from "../altatech-service.js";

const fields: readonly JsonObject[] = [
  { name: "id", type: "TEXT", required: true, unique: true },
  { name: "no", type: "INT", unique: true },
  { name: "age", type: "INT" },
  { name: "name", type: "TEXT", required: true },
  { name: "constructor", type: "TEXT" },
];

function pendingOf(rows: readonly JsonValue[], tableFields: readonly JsonObject[] = fields): PendingTask {
  const { definition } = tables.toCollection(
    tables.definition.parse({ table_id: tableId, name: "products", fields: tableFields }),
    randomIds,
  );
  const createdAt = new Date(0);
  const collection = {
    id: "c",
    provider: "p",
    spaceId: "s",
    spaceName: "default",
    name: tableId,
    definition,
    version: 1,
    spaceVersion: 1,
    createdAt,
  };
  const task = {
    id: "t",
    provider: "p",
    collectionId: "c",
    state: "pending",
    totalCount: rows.length,
    createdAt,
  } as const;
  return { task, collection, payload: rows };
}

function process(rows: readonly JsonValue[], tableFields?: readonly JsonObject[]): TaskResult {
  return imports.process(pendingOf(rows, tableFields));
}

function messagesOf(rows: readonly JsonValue[]): readonly string[] {
  return process(rows).failures.map(({ message }) => message);
}

const good = { id: "1", no: 1, name: "x" };

describe("a row is dropped with the contract's own text", () => {
  it.each<[string, JsonObject, string]>([
    [
      "a required field without a value",
      { ...good, name: "" },
      "`name` is required and must have a value; the current value is invalid or the property is missing.",
    ],
    [
      "a unique field without a value",
      { id: "1", name: "x" },
      "`no` must be unique, but the value is empty or the property is missing.",
    ],
    [
      "a field that is both",
      { no: 1, name: "x" },
      "`id` is required and must have a value; the current value is invalid or the property is missing. `id` must be unique, but the value is empty or the property is missing.",
    ],
    ["a unique value of 257 characters", { ...good, id: "x".repeat(257) }, "`id` must not exceed 256 characters."],
    [
      "a value of the wrong type",
      { ...good, age: "abc" },
      "`age` must be of type INT; the current value 'abc' is invalid.",
    ],
    [
      "a nested value",
      { ...good, name: { a: [1] } },
      "`name` must be of type TEXT; the current value '{\"a\":[1]}' is invalid.",
    ],
    ["an unknown field", { ...good, nope: 1 }, "`nope` is not a field of the table."],
    [
      "an unknown field with the name of an inherited member",
      { ...good, toString: 1 },
      "`toString` is not a field of the table.",
    ],
    ["U+0000", { ...good, name: "a\0b" }, "`name` contains U+0000."],
    ["a lone surrogate", { ...good, name: "\ud800" }, "`name` contains a lone surrogate."],
    ["a name that cannot be stored", { ...good, "a\0\udfff": 1 }, "`a\\u0000\ufffd` is not a field of the table."],
  ])("%s", (_name, row, message) => {
    expect(messagesOf([row])).toEqual([message]);
  });

  it("names every fault of a row in one failure", () => {
    const { failures } = process([{ id: "1", no: 1.5, age: true, name: "x" }]);
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ recordIndex: 0, field: "no" });
    expect(failures[0]?.message).toMatch(/`no` must be of type INT.* `age` must be of type INT/);
  });

  it("limits the text when many fields are wrong", () => {
    const row = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`f${index}`, 1]));
    expect(messagesOf([{ ...good, ...row }])[0]?.length).toBeLessThan(500);
  });
});

describe("a value that is unique in its field", () => {
  it("stays in the first row and drops the later one", () => {
    const { batch, failures } = process([good, { ...good, no: 2 }]);
    expect(batch.records).toHaveLength(1);
    expect(failures).toEqual([
      {
        recordIndex: 1,
        field: "id",
        message: "`id` must be unique, but the value '1' is duplicated (first at row `1`).",
      },
    ]);
  });

  it("is compared in its stored form", () => {
    expect(
      messagesOf([
        { ...good, no: 30 },
        { ...good, id: "2", no: "030" },
      ]),
    ).toEqual(["`no` must be unique, but the value '030' is duplicated (first at row `1`)."]);
  });

  it("is not occupied by a row that was dropped", () => {
    const { batch, failures } = process([{ ...good, age: "abc" }, good]);
    expect(batch.records).toHaveLength(1);
    expect(failures.map(({ recordIndex }) => recordIndex)).toEqual([0]);
  });

  it("may have 256 characters outside the basic plane", () => {
    expect(process([{ ...good, id: "😀".repeat(256) }]).failures).toEqual([]);
  });
});

it("stores typed values in the order of the table, the empty ones as null", () => {
  const { batch, uniqueValues, state } = process([{ name: "x", id: 7, no: "9007199254740993", age: "" }]);
  expect(batch.records).toEqual([
    { fields: { id: "7", no: 9007199254740993n, age: null, name: "x", constructor: null } },
  ]);
  expect(uniqueValues).toEqual([
    { field: "id", value: "7", recordIndex: 0 },
    { field: "no", value: "9007199254740993", recordIndex: 0 },
  ]);
  expect(state).toBe("succeeded");
});

it("fails when every row was dropped", () => {
  expect(process([{}, {}])).toMatchObject({ state: "failed", failCount: 2, error: { kind: "invalid-input" } });
});

it("fails as a whole on a clash, and still reports the dropped rows", () => {
  const pending = pendingOf([
    { ...good, id: "14" },
    { ...good, age: "abc" },
  ]);
  const result = imports.process(pending);
  const clash = imports.clash(pending, result, [{ field: "id", value: "14", recordIndex: 0 }]);
  expect(clash).toMatchObject({
    state: "failed",
    failCount: 2,
    uniqueValues: [],
    batch: { records: [] },
    error: { kind: "conflict" },
  });
  expect(clash.failures).toEqual([
    { field: "id", message: "(1062, \"Duplicate entry '14' for key 'products.id'\")" },
    { recordIndex: 1, field: "age", message: "`age` must be of type INT; the current value 'abc' is invalid." },
  ]);
});

it("stores or explains every row, for any content", () => {
  const value = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("1", "2", 1, 2), fc.jsonValue(), fc.bigInt());
  const row = fc.dictionary(
    fc.constantFrom("id", "no", "age", "name", "constructor", "__proto__", "nope"),
    value as fc.Arbitrary<JsonValue>,
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const { batch, failures, uniqueValues, failCount } = process(rows);
      expect(batch.records.length + failures.length).toBe(rows.length);
      expect(failCount).toBe(failures.length);
      expect(new Set(uniqueValues.map(({ field, value }) => `${field} ${value}`)).size).toBe(uniqueValues.length);
      expect(
        failures.every(({ message, field }) => `${message}${field}`.isWellFormed() && !message.includes("\0")),
      ).toBe(true);
    }),
  );
});
