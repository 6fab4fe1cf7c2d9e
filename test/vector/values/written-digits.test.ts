import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { readKeys } from "../../../src/vector/collection/keys.js";
import { compile, readBack, refusedRows, withField } from "../reading.js";
import { useVector } from "../vector-service.js";

const almostOne = "1.0000000000000000001";

function parseRow(text: string): JsonObject {
  const row = parseJson(text);
  if (!isJsonObject(row)) throw new Error("the row is no object");
  return row;
}

function rowOf(written: string): JsonObject {
  return parseRow(`{"id":1,"vec":[1,2],"x":${written}}`);
}

const arrayOf = (elementType: string): JsonObject => ({ type: "Array", elementType, maxCapacity: 4 });

describe("a number that only its double takes for whole", () => {
  it.each(["Int8", "Int16", "Int32", "Int64"])(
    "is refused by %s as any other with a fraction, and so is an element",
    (type) => {
      const integer = withField({ type });
      const { violation: other } = refusedRows(integer, [rowOf("1"), rowOf("1.5")]);
      expect(other).toMatchObject({ recordIndex: 1, field: "x", rule: "type" });
      for (const written of [almostOne, "0.99999999999999999999", "1e-400", "-1.0000000000000000001"]) {
        const { failure, violation } = refusedRows(integer, [rowOf("1"), rowOf(written)]);
        expect(failure).toBe("invalid-data");
        expect(violation).toEqual({ ...other, message: other?.message.replace("1.5", written) });
      }
      const array = withField(arrayOf(type));
      const { cause: otherCause } = refusedRows(array, [rowOf("[1,1.5]")]);
      const untilValue = (cause: string) => cause.slice(0, cause.indexOf(": invalid parameter"));
      for (const list of [`[1,${almostOne}]`, `"[1,${almostOne}]"`]) {
        const { failure, cause, violation } = refusedRows(array, [rowOf(list)]);
        expect(failure).toBe("invalid-data");
        expect(violation).toMatchObject({ recordIndex: 0, field: "x", rule: "type" });
        expect(untilValue(cause)).toBe(untilValue(otherCause).replace("1.5", almostOne));
      }
    },
  );

  it("is not a key", () => {
    const { violation } = refusedRows(withField({ type: "Int64" }), [
      parseRow(`{"id":${almostOne},"vec":[1,2],"x":1}`),
    ]);
    expect(violation).toMatchObject({ recordIndex: 0, field: "id", rule: "type" });
  });

  it.each<[string, JsonObject, string]>([
    ["Int8Vector", { type: "Int8Vector", dim: 2 }, `[1,${almostOne}]`],
    ["BinaryVector", { type: "BinaryVector", dim: 16 }, `[${almostOne},1]`],
    [
      "the indices of a SparseFloatVector",
      { type: "SparseFloatVector" },
      '{"indices":[1,2.0000000000000000001],"values":[1,2]}',
    ],
  ])("is refused by %s", (_name, field, written) => {
    expect(refusedRows(withField(field), [rowOf(written)])).toMatchObject({
      failure: "invalid-data",
      violation: { field: "x", rule: "type" },
    });
  });

  it.each<[string, JsonObject, string, JsonValue]>([
    ["Float", { type: "Float" }, almostOne, 1],
    ["Double", { type: "Double" }, "0.99999999999999999999", 1],
    ["Array of Double", arrayOf("Double"), `[${almostOne},1e-400]`, [1, 0]],
    ["FloatVector", { type: "FloatVector", dim: 2 }, `[${almostOne},2]`, [1, 2]],
    ["SparseFloatVector", { type: "SparseFloatVector" }, `{"1":${almostOne}}`, { 1: 1 }],
    ["JSON", { type: "JSON" }, `{"a":${almostOne}}`, { a: 1 }],
  ])("is its double for %s", (_name, field, written, read) => {
    expect(readBack(withField(field), [rowOf(written)])[0]?.["x"]).toEqual(read);
  });
});

describe("a number that is rounded", () => {
  const huge = "1.8446744073709551617e30";

  it("is out of the range of an Int64 by its digits", () => {
    const { failure, violation } = refusedRows(withField({ type: "Int64" }), [rowOf(huge)]);
    expect(failure).toBe("invalid-data");
    expect(violation).toMatchObject({ field: "x", message: expect.stringContaining(huge) as string });
  });

  it("keeps its digits as a text and as a key", () => {
    const text = withField({ type: "VarChar", maxLength: 60 });
    for (const written of [almostOne, huge]) expect(readBack(text, [rowOf(written)])[0]?.["x"]).toBe(written);
    const keyed = compile([
      { name: "id", type: "VarChar", maxLength: 60, primary: true },
      { name: "vec", type: "FloatVector", dim: 2 },
    ]);
    const row = parseRow(`{"id":${almostOne},"vec":[1,2]}`);
    expect(readBack(keyed, [row])[0]?.["id"]).toBe(almostOne);
    const ids = parseRow(`{"id":[1,${almostOne}]}`);
    expect(readKeys(keyed, ids)).toEqual(["1", almostOne]);
    expect(readKeys(keyed, parseRow(`{"id":${almostOne}}`))).toEqual([almostOne]);
  });

  it("keeps the digits of its fraction, and is a key where these are known", () => {
    const text = withField({ type: "VarChar", maxLength: 60 });
    const fraction = "0.1000000000000000055511151231257827";
    for (const written of [fraction, "12345678901234567.5e-3", "0.12345678901234567890"])
      expect(readBack(text, [rowOf(written)])[0]?.["x"]).toBe(written);
    expect(readBack(text, [rowOf("1.50")])[0]?.["x"]).toBe("1.5");
    const keyed = compile([
      { name: "id", type: "VarChar", maxLength: 60, primary: true },
      { name: "vec", type: "FloatVector", dim: 2 },
    ]);
    expect(readBack(keyed, [parseRow(`{"id":${fraction},"vec":[1,2]}`)])[0]?.["id"]).toBe(fraction);
    expect(readKeys(keyed, parseRow(`{"id":${fraction}}`))).toEqual([fraction]);
    for (const listed of [fraction, "0.5"])
      expect(() => readKeys(keyed, parseRow(`{"id":["a",${listed}]}`))).toThrow("refused: invalid-key");
    expect(refusedRows(withField({ type: "Int64" }), [rowOf(fraction)]).violation).toMatchObject({ field: "x" });
    expect(readBack(withField({ type: "Double" }), [rowOf(fraction)])[0]?.["x"]).toBe(0.1);
  });

  it("is not a Bool, nor is an element", () => {
    expect(refusedRows(withField({ type: "Bool" }), [rowOf(almostOne)]).violation).toMatchObject({
      field: "x",
      message: expect.stringContaining(almostOne) as string,
    });
    expect(refusedRows(withField(arrayOf("Bool")), [rowOf(`[true,${almostOne}]`)]).violation).toMatchObject({
      field: "x",
    });
  });
});

describe("a whole number beyond 2^53", () => {
  it.each<[string, JsonObject, string, JsonValue]>([
    ["Int64", { type: "Int64" }, "9007199254740993.0", 9007199254740993n],
    ["Int64", { type: "Int64" }, "-9.223372036854775807e18", -9223372036854775807n],
    ["Array of Int64", arrayOf("Int64"), "[90071992547409930e-1]", [9007199254740993n]],
    ["VarChar", { type: "VarChar", maxLength: 30 }, "9007199254740993.0", "9007199254740993"],
    ["VarChar", { type: "VarChar", maxLength: 30 }, "-9.223372036854775808e18", "-9223372036854775808"],
    ["Int64", { type: "Int64" }, "-9.223372036854775808e18", -(2n ** 63n)],
    ["JSON", { type: "JSON" }, '{"a":9007199254740993.0}', { a: 9007199254740993n }],
    ["Double", { type: "Double" }, "9007199254740993.0", 9007199254740992],
    ["Double", { type: "Double" }, "1.152921504606847e18", 2 ** 60],
    ["FloatVector", { type: "FloatVector", dim: 2 }, "[9007199254740993.0,1]", [9007199000000000, 1]],
  ])("is kept by %s, written %s", (_name, field, written, read) => {
    expect(readBack(withField(field), [rowOf(written)])[0]?.["x"]).toEqual(read);
  });
});

describe("the keys that a request names", () => {
  const open = useVector(milvus);

  it.each(["get", "delete"])("are judged by their digits by %s, alone and in a list", async (operation) => {
    const service = open();
    const fields: readonly JsonObject[] = [
      { name: "id", type: "Int64", primary: true },
      { name: "vec", type: "FloatVector", dim: 2 },
    ];
    const collection = await service.create({ collectionName: "book", fields });
    const data = [
      { id: 1, vec: [1, 2] },
      { id: 9007199254740993n, vec: [1, 2] },
    ];
    await service.post("/v1/vector/insert", { collectionName: "book", data });
    const ask = (id: string) =>
      service.post(`/v1/vector/${operation}`, parseJson(`{"collectionName":"book","id":${id}}`));
    for (const id of [almostOne, `[5,${almostOne}]`]) {
      expect(await ask(id)).toMatchObject({
        code: 1806,
        message: expect.stringContaining(`int64 range, got: ${almostOne}`) as unknown,
      });
    }
    expect(await service.storedFields(collection)).toHaveLength(2);
    expect(await ask("[9007199254740993.0]")).toMatchObject({ code: 200 });
    expect(await service.storedFields(collection)).toHaveLength(operation === "delete" ? 1 : 2);
  });
});
