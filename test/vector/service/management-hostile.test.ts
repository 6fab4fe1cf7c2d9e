import { allOf } from "../../service/visible.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/json/parse.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector, type VectorService } from "../vector-service.js";

const openMilvus = useVector(milvus);

const schema: JsonObject = {
  autoId: false,
  fields: [
    { fieldName: "id", dataType: "Int64", isPrimary: true },
    {
      fieldName: "tags",
      dataType: "Array",
      elementDataType: "VarChar",
      elementTypeParams: { max_length: 5, max_capacity: 2 },
      nullable: true,
    },
    { fieldName: "vec", dataType: "FloatVector", elementTypeParams: { dim: "2" }, defaultValue: null },
  ],
};

/** A good body of every route that takes one. */
const bodies: Readonly<Record<string, JsonObject>> = {
  "/v1/vector/collections/create": {
    dbName: "default",
    collectionName: "new",
    dimension: 2,
    description: "d",
    metricType: "L2",
    primaryField: "id",
    vectorField: "v",
    enableDynamicField: true,
  },
  "/v1/vector/collections/drop": { dbName: "default", collectionName: "other" },
  "/v1/vector/get": { collectionName: "book", id: [1, "2"], outputFields: ["id", "*"] },
  "/v1/vector/delete": { collectionName: "book", id: [7], filter: "" },
  "/v2/vectordb/collections/create": {
    collectionName: "new",
    schema,
    indexParams: [{ fieldName: "vec", indexName: "i", metricType: "L2" }],
    params: { enableDynamicField: true },
  },
  "/v2/vectordb/collections/describe": { collectionName: "book" },
  "/v2/vectordb/collections/drop": { collectionName: "other" },
  "/v2/vectordb/collections/list": { dbName: "default" },
  "/v2/vectordb/entities/insert": { collectionName: "book", data: [{ id: 1, vec: [1, 2] }] },
  "/v2/vectordb/entities/upsert": { collectionName: "book", data: [{ id: 1, vec: [1, 2] }] },
  "/v2/vectordb/entities/delete": { collectionName: "book", filter: "id in [{a}]", exprParams: { a: 9 } },
  "/v2/vectordb/collections/get_load_state": { collectionName: "book", partitionNames: ["_default"] },
  "/v2/vectordb/collections/release": { collectionName: "book" },
  "/v2/vectordb/collections/get_stats": { collectionName: "book" },
  "/v2/vectordb/collections/rename": { collectionName: "book", newCollectionName: "novel", newDbName: "default" },
  "/v2/vectordb/partitions/has": { collectionName: "book", partitionName: "_default" },
  "/v2/vectordb/indexes/create": {
    collectionName: "book",
    indexParams: [{ fieldName: "vec", indexName: "i", metricType: "L2", indexType: "HNSW", params: { M: 16 } }],
  },
  "/v2/vectordb/indexes/describe": { collectionName: "book", indexName: "i" },
  "/v2/vectordb/indexes/drop": { collectionName: "book", indexName: "i" },
  "/v2/vectordb/aliases/create": { collectionName: "book", aliasName: "novel" },
  "/v2/vectordb/aliases/alter": { collectionName: "book", aliasName: "novel" },
  "/v2/vectordb/aliases/drop": { aliasName: "novel" },
  "/v2/vectordb/aliases/list": { collectionName: "book" },
  "/v2/vectordb/databases/create": { dbName: "shelf", properties: { "mmap.enabled": true } },
  "/v2/vectordb/databases/describe": { dbName: "default" },
  "/v2/vectordb/databases/drop": { dbName: "shelf" },
  "/v2/vectordb/entities/get": { collectionName: "book", id: "1", outputFields: [] },
};

const hostileTexts = [
  "",
  "\0",
  "a\0b",
  "\ud800",
  "\udfff",
  "__proto__",
  "constructor",
  "toString",
  "book",
  "default",
  "NaN",
  "1e999",
  "0x1",
  "'; DROP TABLE record;--",
  "%00",
  "x".repeat(70_000),
];
const hostileNumbers: readonly JsonValue[] = [
  0,
  -0,
  -1,
  0.5,
  2 ** 31,
  2 ** 53,
  1e308,
  2n ** 63n,
  -(2n ** 63n) - 1n,
  2n ** 64n,
  10n ** 400n,
];

const hostile: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(...hostileNumbers),
  fc.string({ unit: "binary" }),
  fc.json({ maxDepth: 3 }).map((text) => parseJson(text)),
  fc.constantFrom<JsonValue>(null, true, [], {}, [[]], parseJson('{"__proto__":{"a":1},"constructor":1}'), deep(1030)),
);

function deep(levels: number): JsonValue {
  let value: JsonValue = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

/** Every place of a value, from the outside in. */
function placesOf(
  value: JsonValue,
  place: readonly (string | number)[] = [],
): readonly (readonly (string | number)[])[] {
  const members = isJsonArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return [place, ...members.flatMap(([name, member]) => placesOf(member, [...place, name]))];
}

function replaced(value: JsonValue, [name, ...rest]: readonly (string | number)[], by: JsonValue): JsonValue {
  if (name === undefined) return by;
  if (isJsonArray(value))
    return value.map((element, index) => (index === name ? replaced(element, rest, by) : element));
  return isJsonObject(value) ? { ...value, [name]: replaced(value[name] ?? null, rest, by) } : by;
}

async function lookAt({ store }: VectorService): Promise<unknown> {
  const { items } = await store.collections.listCollections({ visible: allOf(milvus.id) }, { first: 100 });
  return Promise.all(
    items.map(async ({ id, name, definition }) => ({
      name,
      definition,
      records: await store.records.listRecords(id, { first: 100 }),
    })),
  );
}

async function openSmall(): Promise<VectorService> {
  const service = openMilvus();
  const fields: readonly JsonObject[] = [
    { name: "id", type: "Int64", primary: true },
    { name: "vec", type: "FloatVector", dim: 2 },
  ];
  for (const collectionName of ["book", "other"]) await service.create({ collectionName, fields, dynamic: true });
  await service.post("/v1/vector/insert", {
    collectionName: "book",
    data: [
      { id: 1, vec: [1, 2] },
      { id: 2, vec: [1, 2] },
    ],
  });
  return service;
}

describe("whatever is sent to", () => {
  it.each(Object.entries(bodies))(
    "%s is answered in the words of the contract, and changes nothing when it is refused",
    async (path, body) => {
      const service = await openSmall();
      const places = fc.constantFrom(...placesOf(body));
      let before = await lookAt(service);
      await fc.assert(
        fc.asyncProperty(places, hostile, async (place, value) => {
          const reply = await service.send({ path, body: replaced(body, place, value), sizeBytes: 1000 });
          const answered = Object(reply.body) as {
            readonly code?: unknown;
            readonly message?: unknown;
            readonly data?: unknown;
          }; // looked at below
          expect([200, 413]).toContain(reply.status);
          expect(answered.code).not.toBe(5);
          if (answered.data !== undefined) {
            expect([0, 200]).toContain(answered.code);
            before = await lookAt(service);
            return;
          }
          expect(answered).toEqual({ code: expect.any(Number) as number, message: expect.any(String) as string });
          expect(String(answered.message).length).toBeLessThan(5000);
          expect(await lookAt(service)).toEqual(before);
        }),
        { numRuns: 100 },
      );
    },
  );

  it("the routes of queries is so too", async () => {
    const service = await openSmall();
    const text = fc.oneof(fc.constantFrom(...hostileTexts), fc.string({ unit: "binary" }));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("", "/describe"),
        fc.oneof(text, fc.array(text, { maxLength: 3 })),
        text,
        async (path, collectionName, dbName) => {
          const reply = await service.send({
            method: "GET",
            path: `/v1/vector/collections${path}`,
            query: { collectionName, dbName },
          });
          expect(reply).toMatchObject({ status: 200, body: { code: expect.any(Number) as number } });
          expect(reply.body).not.toMatchObject({ code: 5 });
        },
      ),
      { numRuns: 100 },
    );
  });
});
