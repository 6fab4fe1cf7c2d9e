import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { useVector } from "../vector-service.js";

const open = useVector(zilliz);
const vec: JsonObject = { name: "vec", type: "FloatVector", dim: 2 };
const textKey: JsonObject = { name: "id", type: "VarChar", maxLength: 99, primary: true };
const fields: readonly JsonObject[] = [
  textKey,
  vec,
  { name: "text", type: "VarChar", maxLength: 9, nullable: true },
  { name: "json", type: "JSON", nullable: true },
  { name: "list", type: "Array", elementType: "VarChar", maxLength: 9, maxCapacity: 3, nullable: true },
];
const row = { id: "a", vec: [1, 2] };

describe("a row that cannot be stored is refused by naming row and field", () => {
  it.each<[string, JsonObject, string]>([
    ["U+0000 in a VarChar", { text: "a\0b" }, "text: contains U+0000"],
    ["a lone surrogate in JSON", { json: { a: ["\ud800"] } }, "json: contains a lone surrogate"],
    ["U+0000 in a key of JSON", { json: { "a\0": 1 } }, "json: contains U+0000"],
    ["U+0000 in an Array", { list: ["\0"] }, "list: contains U+0000"],
    ["U+0000 in an Array sent as text", { list: String.raw`["\u0000"]` }, "list: contains U+0000"],
    ["U+0000 in a dynamic key", { more: "\0" }, "more: contains U+0000"],
    ["U+0000 in the name of a dynamic key", { "m\0": 1 }, String.raw`m\u0000: contains U+0000`],
    ["a lone surrogate in the primary key", { id: "a\udfff" }, "id: contains a lone surrogate"],
  ])("%s", async (_name, wrong, problem) => {
    const service = open();
    const collection = await service.create({ collectionName: "book", fields, dynamic: true });
    const body = {
      collectionName: "book",
      data: [
        { ...row, id: "b" },
        { ...row, ...wrong },
      ],
    };
    for (const path of ["/v2/vectordb/entities/insert", "/v2/vectordb/entities/upsert"]) {
      const reply = await service.send({ path, body, headers: { authorization: "Bearer root:Milvus" } });
      const message = expect.stringContaining(`record 1, field ${problem}`) as unknown;
      expect(reply).toMatchObject({ body: { code: 1804, message } });
      expect(reply.violations).toMatchObject([{ recordIndex: 1, field: problem.split(":")[0], rule: "storable" }]);
    }
    expect(await service.storedFields(collection)).toEqual([]);
  });

  it("where the key only names what is replaced", async () => {
    const service = open();
    const generated = { ...textKey, autoId: true };
    const collection = await service.create({ collectionName: "book", fields: [generated, vec] });
    const body = { collectionName: "book", data: [{ id: "\ud800", vec: [1, 2] }] };
    expect(await service.post("/v2/vectordb/entities/upsert", body)).toMatchObject({ code: 1804 });
    expect(await service.storedFields(collection)).toEqual([]);
  });
});

it("a default that cannot be stored makes no collection", async () => {
  const { create } = open();
  const withDefault = [textKey, vec, { name: "x", type: "VarChar", maxLength: 9, default: "\0" }];
  const violations = [{ field: "fields.2.default", rule: "storable", message: "contains U+0000" }];
  const created = create({ collectionName: "book", fields: withDefault });
  await expect(created).rejects.toMatchObject({ details: { violations } });
});

it("a key with half a character is not the one with the replacement character", async () => {
  const { create, post } = open();
  await create({ collectionName: "book", fields });
  const replaced = { collectionName: "book", data: [{ ...row, id: "a\ufffd" }] };
  expect(await post("/v2/vectordb/entities/insert", replaced)).toMatchObject({ code: 0 });
  const asked = { collectionName: "book", id: ["a\ud800"] };
  expect(await post("/v2/vectordb/entities/get", asked)).toMatchObject({ code: 0, data: [] });
  expect(await post("/v1/vector/delete", asked)).toMatchObject({ code: 200 });
  const kept = { collectionName: "book", id: ["a\ufffd"] };
  expect(await post("/v2/vectordb/entities/get", kept)).toMatchObject({ data: [{ id: "a\ufffd" }] });
});
