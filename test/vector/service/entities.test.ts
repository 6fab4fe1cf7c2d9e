import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import type { VectorService } from "../vector-service.js";
import { key, vec } from "../book.js";
import { asText, get, huge, idsOf, remove, useEntities } from "./use-entities.js";

const openBook = useEntities();

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

  it("are deleted by a filter on the key, which takes precedence over ids", async () => {
    const service = await openBook(key, [1, 2]);
    const refused = {
      code: 1100,
      message: expect.stringMatching(/^failed to create delete plan: .*: invalid parameter$/) as string,
    };
    const post = (more: JsonObject) => service.post(remove, { collectionName: "book", ...more });
    expect(await post({ filter: "vec == 1", id: 1 })).toEqual(refused);
    expect(await post({ filter: 5, id: 1 })).toMatchObject({ code: 1801 });
    expect(await idsOf(service, [1, 2])).toEqual([1, 2]);
    expect(await post({ filter: "id in [2, 3]", id: 1 })).toEqual({ code: 200, data: {} });
    expect(await idsOf(service, [1, 2])).toEqual([1]);
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
    const { post } = await openBook(key, []);
    const unknown = { code: 100, message: "can't find collection[database=default][collection=nope]" };
    for (const path of [get, remove, "/v2/vectordb/entities/get"])
      expect(await post(path, { collectionName: "nope", id: {} })).toEqual(unknown);
  });
});
