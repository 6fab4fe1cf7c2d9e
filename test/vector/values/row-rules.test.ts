import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { stringifyJson } from "../../../src/json/stringify.js";
import { readVectorRows } from "../../../src/vector/collection/row-reader.js";
import { isJsonObject, type JsonObject } from "../../../src/json/value.js";
import { compile, readBack, refusedRows, rowWith, withField } from "../reading.js";

const ip = ": invalid parameter";
const plain = withField({ type: "Int64" });
const dynamic = withField({ type: "Int64" }, { dynamic: true });
const generated = compile([
  { name: "id", type: "Int64", primary: true, autoId: true },
  { name: "vec", type: "FloatVector", dim: 2 },
]);

function parseObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error("no object");
  return value;
}

describe("a row", () => {
  it("must have every field, named in the order of the schema", () => {
    expect(refusedRows(plain, [{}])).toMatchObject({
      cause: "field id is required: missing parameter",
      violation: { recordIndex: 0, field: "id", rule: "required" },
    });
    expect(refusedRows(plain, [rowWith(1), { id: 2, y: 1 }])).toMatchObject({
      cause: "field vec is required: missing parameter",
      violation: { recordIndex: 1 },
    });
  });

  it("must be an object", () => {
    const cause = `NULL:0, FALSE:1, NUMBER:2, STRING:3, TRUE:4, JSON:5${ip}[expected=JSON][actual=Null]`;
    expect(refusedRows(plain, [rowWith(1), null])).toMatchObject({
      failure: "invalid-data",
      cause,
      violation: { recordIndex: 1 },
    });
  });

  it("may have other keys only where they are dynamic", () => {
    const row = { ...rowWith(1), color: "red" };
    const cause = `has pass more field without dynamic schema, please check it${ip}`;
    expect(refusedRows(plain, [row])).toMatchObject({
      cause,
      violation: { recordIndex: 0, field: "color", rule: "unknown-field" },
    });
    expect(readBack(dynamic, [row])).toEqual([row]);
  });

  it("reports a bad field before an extra key", () => {
    expect(refusedRows(plain, [{ color: "red", ...rowWith("abc") }]).violation).toMatchObject({ field: "x" });
  });

  it("keeps dynamic nulls, nested values and large integers", () => {
    const row = parseObject('{"id":9007199254740993,"vec":[1,2],"x":1,"none":null,"deep":{"a":[9007199254740993]}}');
    expect(readBack(dynamic, [row])).toEqual([row]);
  });

  it("must not use the reserved key", () => {
    const cause = `use the invalid field name($meta) when enable dynamicField${ip}`;
    expect(refusedRows(dynamic, [{ ...rowWith(1), $meta: {} }])).toMatchObject({
      cause,
      violation: { field: "$meta", rule: "reserved-field" },
    });
  });

  it("holds dynamic keys of 65,536 bytes together", () => {
    const fits = { ...rowWith(1), a: "x".repeat(65_536 - 8 - 8), b: 12 };
    expect(stringifyJson({ a: fits.a, b: fits.b })).toHaveLength(65_535);
    expect(readBack(dynamic, [fits])).toEqual([fits]);
    const cause = `the length (65537) of dynamic field exceeds max length (65536)${ip}[expected=valid length dynamic field][actual=length exceeds max length]`;
    expect(refusedRows(dynamic, [{ ...fits, b: 1234 }])).toMatchObject({ failure: "invalid-values", cause });
  });

  it("must not hold a dynamic integer beyond 64 bits", () => {
    expect(refusedRows(dynamic, [{ ...rowWith(1), big: 2n ** 64n }]).cause).toMatch(
      /^field big integer 18446744073709551616 exceeds the 64-bit range/,
    );
  });
});

describe("a key of a megabyte", () => {
  const key = "k".repeat(1_000_000);

  it.each([
    ["in no schema", plain, 1],
    ["with an integer beyond 64 bits", dynamic, 2n ** 64n],
  ])("%s is cut where it is named", (_name, collection, value) => {
    const { cause, violation } = refusedRows(collection, [{ ...rowWith(1), [key]: value }]);
    expect(cause.length + (violation?.field?.length ?? 0)).toBeLessThan(2500);
  });
});

describe("keys that every object inherits", () => {
  it("are missing unless the row itself has them", () => {
    const collection = withField({ name: "constructor", type: "VarChar", maxLength: 99 });
    expect(refusedRows(collection, [{ id: 1, vec: [1, 2] }]).cause).toBe(
      "field constructor is required: missing parameter",
    );
  });

  it("are plain keys", () => {
    const row = parseObject('{"id":1,"vec":[1,2],"x":1,"__proto__":{"polluted":true},"constructor":1,"toString":null}');
    const [record] = readBack(dynamic, [row]);
    expect(stringifyJson(record ?? null)).toBe(stringifyJson(row));
    expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(readVectorRows(dynamic, [row], { uniqueKeys: false })[0]?.fields)).toBe(
      Object.prototype,
    );
  });

  it("may name a field", () => {
    const collection = withField({ name: "__proto__", type: "JSON" });
    const row = parseObject('{"id":1,"vec":[1,2],"__proto__":{"a":1}}');
    expect(stringifyJson(readBack(collection, [row])[0] ?? null)).toBe(stringifyJson(row));
  });
});

describe("the first finding", () => {
  it("is a type in any row before a dimension, and a dimension before a length", () => {
    const collection = withField({ type: "VarChar", maxLength: 2 });
    const long = rowWith("long");
    const flat = { ...rowWith("a"), vec: [1] };
    const wrong = rowWith({});
    expect(refusedRows(collection, [long, flat, wrong]).violation).toMatchObject({ recordIndex: 2, rule: "type" });
    expect(refusedRows(collection, [long, flat]).violation).toMatchObject({
      recordIndex: 1,
      field: "vec",
      rule: "dimension",
    });
    expect(refusedRows(collection, [rowWith("a"), long]).violation).toMatchObject({
      recordIndex: 1,
      field: "x",
      rule: "max-length",
    });
  });

  it("names the row in the message of a length", () => {
    const collection = withField({ type: "VarChar", maxLength: 2 });
    expect(refusedRows(collection, [rowWith("a"), rowWith("long")]).cause).toContain("row number: 1, length: 4");
  });

  it("is a length before a key that stands twice", () => {
    const collection = withField({ type: "VarChar", maxLength: 2 });
    expect(
      refusedRows(collection, [rowWith("a"), rowWith("a"), { ...rowWith("long"), id: 2 }], true).violation,
    ).toMatchObject({ rule: "max-length" });
  });

  it("is a type before the lack of a vector field", () => {
    const collection = compile([{ name: "id", type: "Int64", primary: true }]);
    expect(refusedRows(collection, [{ id: 1 }])).toMatchObject({
      failure: "invalid-data",
      cause: `collection: book has no vector field or functions${ip}`,
      violation: { recordIndex: undefined, rule: "no-vector-field" },
    });
    expect(refusedRows(collection, [{ id: "a" }]).violation).toMatchObject({ field: "id" });
  });
});

describe("the primary key", () => {
  it("may stand only once where it must be unique, in whatever spelling", () => {
    const rows = [rowWith(1), { ...rowWith(2), id: 2 }, { ...rowWith(3), id: "01" }];
    const cause = `duplicate primary keys are not allowed in the same batch${ip}`;
    expect(refusedRows(plain, rows, true)).toMatchObject({
      failure: "invalid-values",
      cause,
      violation: { recordIndex: 2, field: "id", rule: "unique" },
    });
    expect(readVectorRows(plain, rows, { uniqueKeys: false })).toHaveLength(3);
  });

  it("is stored as exact text and not in the fields", () => {
    const [record] = readVectorRows(plain, [{ ...rowWith(5), id: "9007199254740993" }], { uniqueKeys: true });
    expect(record).toMatchObject({ key: "9007199254740993", fields: { x: 5 } });
    expect(readBack(plain, [{ ...rowWith(5), id: "9007199254740993" }])).toEqual([
      { ...rowWith(5), id: 9007199254740993n },
    ]);
  });

  it("may be missing, null or empty where it is generated, but not given", () => {
    const vec = [1, 2];
    const records = readVectorRows(generated, [{ vec }, { id: null, vec }, { id: "", vec }], { uniqueKeys: false });
    expect(records.map((record) => record.key)).toEqual([undefined, undefined, undefined]);
    const cause = `no need to pass pk field(id) when autoid==true in insert${ip}`;
    expect(refusedRows(generated, [{ vec }, { id: 5, vec }])).toMatchObject({
      failure: "invalid-data",
      cause,
      violation: { recordIndex: 1, field: "id" },
    });
  });
});
