import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { stringifyJson } from "../../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";

const openMilvus = useVector(milvus);
const get = "/v1/vector/get";
const remove = "/v1/vector/delete";
const key: JsonObject = { name: "id", type: "Int64", primary: true };
const vec: JsonObject = { name: "vec", type: "FloatVector", dim: 2 };
const texts: JsonObject = { name: "id", type: "VarChar", maxLength: 1000, primary: true };
const asText = { "accept-type-allow-int64": "false" };
const invalidKey = (problem: string) => ({
  code: 1806,
  message: `please check the primary key and its' type can only in [int, string], error: ${problem}: invalid parameter`,
});

/** A collection `book` of entities with these keys. */
async function openBook(
  keyField: JsonObject,
  keys: readonly JsonValue[],
  options: JsonObject = {},
): Promise<VectorService> {
  const service = openMilvus();
  await service.create({ collectionName: "book", fields: [keyField, vec], dynamic: true, ...options });
  if (keys.length > 0)
    await service.post("/v1/vector/insert", { collectionName: "book", data: keys.map((id) => ({ id, vec: [1, 2] })) });
  return service;
}

async function idsOf(
  { post }: VectorService,
  id: JsonValue,
  headers = {},
): Promise<readonly (JsonValue | undefined)[]> {
  const reply = await post(get, { collectionName: "book", id, outputFields: ["id"] }, headers);
  return (reply as unknown as { readonly data: readonly JsonObject[] }).data.map((row) => row["id"]); // get succeeds
}

const huge = 9007199254740993n;

describe("an Int64 key", () => {
  it("may be written as a number or as text, and has all its digits either way", async () => {
    const service = await openBook(key, [huge, huge - 1n, huge + 1n, -9223372036854775808n, 5]);
    expect(await idsOf(service, huge)).toEqual([huge]);
    expect(await idsOf(service, String(huge))).toEqual([huge]);
    expect(await idsOf(service, [5, "5", "+5", "005", 5n], asText)).toEqual(["5"]);
    expect(await idsOf(service, ["-9223372036854775808", huge + 1n], asText)).toEqual([
      "9007199254740994",
      "-9223372036854775808",
    ]);
    expect(await idsOf(service, [7, "8"])).toEqual([]);
    expect(await idsOf(service, [])).toEqual([]);
  });

  it.each<[string, JsonValue]>([
    ["id must be an integer in the int64 range, got: 1.5", 1.5],
    ["id must be an integer in the int64 range, got: 9223372036854775808", 2n ** 63n],
    ["id must be an integer in the int64 range, got: 1e+300", 1e300],
    ['id must be an integer for an Int64 primary key, got: "abc"', "abc"],
    ['id must be an integer for an Int64 primary key, got: ""', ""],
    ['id must be an integer for an Int64 primary key, got: "0x10"', "0x10"],
    ['id must be an integer for an Int64 primary key, got: "9223372036854775808"', "9223372036854775808"],
    ["id must be an integer for an Int64 primary key, got: true", true],
    ['id must be an integer for an Int64 primary key, got: {"id":1}', { id: 1 }],
    ["id must be an integer for an Int64 primary key, got: [2]", [1, [2]]],
    ["id must be an integer for an Int64 primary key, got: null", [1, null]],
  ])("is none: %s", async (problem, id) => {
    const service = await openBook(key, [1]);
    expect(await service.post(get, { collectionName: "book", id })).toEqual(invalidKey(problem));
    expect(await service.post("/v2/vectordb/entities/get", { collectionName: "book", id })).toEqual(
      invalidKey(problem),
    );
    expect(await service.post(remove, { collectionName: "book", id })).toEqual(invalidKey(problem));
    expect(await idsOf(service, 1)).toEqual([1]);
  });

  it("of any value comes back exactly as it was sent", async () => {
    const service = await openBook(key, []);
    const integers = fc.uniqueArray(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(integers, async (ids) => {
        const body = (more: string) => parseJson(`{"collectionName":"book",${more}}`);
        await service.post(
          "/v1/vector/upsert",
          body(`"data":[${ids.map((id) => `{"id":${id},"vec":[1,2]}`).join(",")}]`),
        );
        const found = await service.post(get, body(`"id":[${ids.join(",")}]`));
        expect(stringifyJson(found ?? null).match(/"id":-?\d+/g)).toEqual(ids.map((id) => `"id":${id}`));
        expect(await idsOf(service, ids.map(String), asText)).toEqual(ids.map(String));
        expect(await service.post(remove, body(`"id":[${ids.join(",")}]`))).toEqual({ code: 200, data: {} });
        expect(await idsOf(service, ids.map(String))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a VarChar key", () => {
  it("may be any text, or a number as its text", async () => {
    const keys = ["", "a", "5", 'say "hi"', "\\", "ä\u{1f600}", "x".repeat(1000), "9007199254740993"];
    const service = await openBook(texts, keys);
    for (const each of keys) expect(await idsOf(service, each, asText)).toEqual([each]);
    expect(await idsOf(service, [5, huge])).toEqual(["5", "9007199254740993"]);
    expect(await idsOf(service, ["A", "a ", "y".repeat(2000)])).toEqual([]);
  });

  it("that cannot be stored is nothing's", async () => {
    const service = await openBook(texts, ["a"]);
    expect(await idsOf(service, ["a\0", "\ud800", "a"])).toEqual(["a"]);
    expect(await service.post(remove, { collectionName: "book", id: ["a\0", "\udc00"] })).toEqual({
      code: 200,
      data: {},
    });
    expect(await idsOf(service, "a")).toEqual(["a"]);
  });

  it.each<JsonValue>([true, {}, [[]], [null]])("is not %j", async (id) => {
    const service = await openBook(texts, []);
    const shown = JSON.stringify(Array.isArray(id) ? (id[0] as unknown) : id);
    expect(await service.post(get, { collectionName: "book", id })).toEqual(
      invalidKey(`id must be a string or a number for a VarChar primary key, got: ${shown}`),
    );
  });
});

describe("a row that is read", () => {
  const fields: readonly JsonObject[] = [
    key,
    { name: "big", type: "Int64", nullable: true },
    { name: "small", type: "Int32" },
    { name: "bigs", type: "Array", elementType: "Int64", maxCapacity: 3 },
    { name: "smalls", type: "Array", elementType: "Int8", maxCapacity: 3 },
    { name: "json", type: "JSON" },
    { name: "bits", type: "BinaryVector", dim: 8 },
    vec,
  ];
  const row: JsonObject = {
    id: 1,
    big: huge,
    small: 2,
    bigs: [huge, 1],
    smalls: [3],
    json: { n: huge },
    bits: "qg==",
    vec: [0.1, 2],
    extra: huge,
    nested: { a: [1] },
  };

  async function openRow(): Promise<VectorService> {
    const service = await openBook(key, [], { fields });
    await service.post("/v1/vector/insert", { collectionName: "book", data: row });
    return service;
  }

  const read = async (service: VectorService, outputFields?: JsonValue, headers = {}) => {
    const reply = await service.post(
      get,
      { collectionName: "book", id: 1, ...(outputFields !== undefined && { outputFields }) },
      headers,
    );
    return (reply as { readonly data?: readonly JsonObject[] }).data?.[0] ?? reply; // a refusal is looked at whole
  };

  it("has every field and every other key, numbers exact", async () => {
    const service = await openRow();
    for (const outputFields of [undefined, null, ["*"], ["id", " * "]])
      expect(await read(service, outputFields)).toEqual(row);
  });

  it("has what is asked for, and its key", async () => {
    const service = await openRow();
    expect(await read(service, ["small", "extra", "nothing"])).toEqual({ id: 1, small: 2, extra: huge });
    expect(await read(service, ["vec", "$meta"])).toEqual({ id: 1, vec: [0.1, 2], extra: huge, nested: { a: [1] } });
    expect(await read(service, [])).toEqual({ id: 1 });
    expect(await read(service, ["__proto__", "constructor", "toString"])).toEqual({ id: 1 });
  });

  it("has no key that a schema without others does not name", async () => {
    const service = await openBook(key, [1], { dynamic: false });
    expect(await service.post(get, { collectionName: "book", id: 1, outputFields: ["vec"] })).toEqual({
      code: 200,
      data: [{ id: 1, vec: [1, 2] }],
    });
    expect(await service.post(get, { collectionName: "book", id: 1, outputFields: ["color"] })).toEqual({
      code: 1100,
      message: "field color not exist: invalid parameter",
    });
    expect(
      await service.post(get, { collectionName: "book", id: 1, outputFields: ["*", "x".repeat(1e6)] }),
    ).toMatchObject({ code: 1100 });
    expect(await service.post(get, { collectionName: "book", id: 1, outputFields: "vec" })).toMatchObject({
      code: 1801,
    });
    expect(await service.post(get, { collectionName: "book", id: 1, outputFields: [1] })).toMatchObject({ code: 1801 });
  });

  it.each(["0", "f", "F", "false", "False", "FALSE"])(
    "has Int64 values as text when the header says %s",
    async (header) => {
      const service = await openRow();
      const expected = { ...row, id: "1", big: String(huge), bigs: [String(huge), "1"] };
      expect(await read(service, undefined, { "accept-type-allow-int64": header })).toEqual(expected);
    },
  );

  it.each(["1", "true", "no", ""])("has Int64 values as numbers when the header says %j", async (header) => {
    expect(await read(await openRow(), undefined, { "accept-type-allow-int64": header })).toEqual(row);
  });

  it("has null where there is no value, also as text", async () => {
    const service = await openBook(key, [], { fields });
    await service.post("/v1/vector/insert", { collectionName: "book", data: { ...row, big: null } });
    expect(await read(service, ["big"], asText)).toEqual({ id: "1", big: null });
  });
});

describe("entities", () => {
  it("of one key are all read and all deleted", async () => {
    const service = await openBook(key, [1, 1, 2]);
    expect(await idsOf(service, [1, 2])).toEqual([1, 1, 2]);
    expect(await service.post(remove, { collectionName: "book", id: ["1"] })).toEqual({ code: 200, data: {} });
    expect(await idsOf(service, [1, 2])).toEqual([2]);
  });

  it("of other collections are left alone", async () => {
    const service = await openBook(key, [1]);
    await service.create({ collectionName: "other", fields: [key, vec] });
    await service.post("/v1/vector/insert", { collectionName: "other", data: { id: 1, vec: [1, 2] } });
    await service.post(remove, { collectionName: "other", id: 1 });
    expect(await idsOf(service, 1)).toEqual([1]);
  });

  it("are not deleted by a filter, whatever stands beside it", async () => {
    const service = await openBook(key, [1]);
    const refused = {
      code: 1100,
      message: expect.stringContaining("filters are not served, give the primary keys in id") as string,
    };
    expect(await service.post(remove, { collectionName: "book", filter: "id in [1]" })).toEqual(refused);
    expect(await service.post(remove, { collectionName: "book", filter: "id in [1]", id: 1 })).toEqual(refused);
    expect(await service.post(remove, { collectionName: "book", filter: 5, id: 1 })).toMatchObject({ code: 1801 });
    expect(await idsOf(service, 1)).toEqual([1]);
    expect(await service.post(remove, { collectionName: "book", filter: "", id: 1 })).toEqual({ code: 200, data: {} });
    expect(await idsOf(service, 1)).toEqual([]);
  });

  it("are read and deleted by many keys", async () => {
    const service = await openBook(key, []);
    const ids = Array.from({ length: 5000 }, (_, index) => index);
    await service.post("/v1/vector/insert", { collectionName: "book", data: ids.map((id) => ({ id, vec: [1, 2] })) });
    expect(
      await idsOf(
        service,
        ids.flatMap((id) => [id, -id - 1]),
      ),
    ).toEqual(ids);
    await service.post(remove, { collectionName: "book", id: ids });
    expect(await idsOf(service, ids)).toEqual([]);
  });

  it("of an unknown collection are not there", async () => {
    const { post } = openMilvus();
    const unknown = { code: 100, message: "can't find collection[database=default][collection=nope]" };
    for (const path of [get, remove, "/v2/vectordb/entities/get"])
      expect(await post(path, { collectionName: "nope", id: {} })).toEqual(unknown);
  });
});
