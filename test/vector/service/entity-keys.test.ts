import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { stringifyJson } from "../../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { key } from "../book.js";
import { asText, get, huge, idsOf, remove, useEntities } from "./use-entities.js";

const openBook = useEntities();
const texts: JsonObject = { name: "id", type: "VarChar", maxLength: 1000, primary: true };
const invalidKey = (problem: string) => ({
  code: 1806,
  message: `please check the primary key and its' type can only in [int, string], error: ${problem}: invalid parameter`,
});

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
      invalidKey(`id must be a string or a whole number for a VarChar primary key, got: ${shown}`),
    );
  });
});
