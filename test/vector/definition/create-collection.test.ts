import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { useVector } from "../vector-service.js";

const openMilvus = useVector(milvus);
const create = "/v1/vector/collections/create";
const describeV1 = "/v1/vector/collections/describe";
const quick: JsonObject = { collectionName: "quick", dimension: 2 };
const different = { code: 65535, message: "create duplicate collection with different parameters, collection: quick" };
const created = { code: 200, data: {} };

describe("a collection", () => {
  it("is what was asked for", async () => {
    const { post, query } = openMilvus();
    const asked = { description: "Books", metricType: "IP", primaryField: "book_id", vectorField: "intro", enableDynamicField: false };
    expect(await post(create, { ...quick, ...asked, partitionName: "ignored" })).toEqual(created);
    expect(await query(describeV1, { collectionName: "quick" })).toMatchObject({
      data: {
        description: "Books",
        enableDynamicField: false,
        fields: [{ name: "book_id", primaryKey: true, autoId: true }, { name: "intro", type: "FloatVector(2)" }],
        indexes: [{ fieldName: "intro", indexName: "vector_idx", metricType: "IP" }],
      },
    });
    expect(await post("/v1/vector/insert", { collectionName: "quick", data: { intro: [1, 2], other: 1 } })).toMatchObject({ code: 1804 });
  });

  it("has its defaults where null is asked for", async () => {
    const { post } = openMilvus();
    const nulls = { dbName: null, description: null, metricType: null, primaryField: null, vectorField: null, enableDynamicField: null };
    expect(await post(create, { ...quick, ...nulls })).toEqual(created);
    expect(await post(create, quick)).toEqual(created);
  });

  it.each<[string, JsonObject]>([
    ["dimension", { dimension: 3 }],
    ["description", { description: "x" }],
    ["metric", { metricType: "IP" }],
    ["primary key", { primaryField: "key" }],
    ["vector", { vectorField: "v" }],
    ["dynamic field", { enableDynamicField: false }],
  ])("is not created again with another %s", async (_name, other) => {
    const { post } = openMilvus();
    expect(await post(create, { ...quick, ...other })).toEqual(created);
    expect(await post(create, { ...quick, ...other })).toEqual(created);
    expect(await post(create, quick)).toEqual(different);
    expect(await post(create, { ...quick, ...other })).toEqual(created);
  });

  it("is the same however its definition is written", async () => {
    const service = openMilvus();
    await service.create({
      collectionName: "quick",
      description: "",
      fields: [
        { name: "id", type: "Int64", primary: true, autoId: true, nullable: false, description: "" },
        { name: "vector", type: "FloatVector", dim: 2, primary: false, autoId: false },
      ],
      indexes: [{ metricType: "L2", fieldName: "vector", indexName: "vector_idx" }],
      dynamic: true,
    });
    expect(await service.post(create, quick)).toEqual(created);
  });

  it("that declares no index is not the same", async () => {
    const service = openMilvus();
    const fields: readonly JsonObject[] = [{ name: "id", type: "Int64", primary: true, autoId: true }, { name: "vector", type: "FloatVector", dim: 2 }];
    await service.create({ collectionName: "quick", fields, dynamic: true });
    expect(await service.post(create, quick)).toEqual(different);
    expect(await service.query(describeV1, { collectionName: "quick" })).toMatchObject({ data: { indexes: [], load: "LoadStateNotLoad" } });
  });

  it("is described with all that its definition says", async () => {
    const service = openMilvus();
    await service.create({
      collectionName: "book",
      fields: [
        { name: "id", type: "VarChar", maxLength: 64, primary: true },
        { name: "count", type: "Int64", default: "9007199254740993", description: "How many" },
        { name: "name", type: "VarChar", maxLength: 256, nullable: true },
        { name: "tags", type: "Array", elementType: "VarChar", maxLength: 5, maxCapacity: 3 },
        { name: "extra", type: "JSON", default: { a: 1 } },
        { name: "sparse", type: "SparseFloatVector" },
        { name: "bits", type: "BinaryVector", dim: 16 },
      ],
      indexes: [{ fieldName: "bits" }, { fieldName: "sparse", indexName: "s" }, { fieldName: "count" }],
    });
    const { data } = (await service.query(describeV1, { collectionName: "book" })) as unknown as { data: { fields: readonly JsonObject[] } }; // what describe answers
    expect(data).toMatchObject({
      enableDynamicField: false,
      load: "LoadStateLoaded",
      indexes: [
        { fieldName: "bits", indexName: "bits", metricType: "HAMMING" },
        { fieldName: "sparse", indexName: "s", metricType: "IP" },
        { fieldName: "count", indexName: "count", metricType: "COSINE" },
      ],
    });
    expect(data.fields.map(({ type }) => type)).toEqual(["VarChar(64)", "Int64", "VarChar(256)", "Array", "JSON", "SparseFloatVector", "BinaryVector(16)"]);
    expect(data.fields.map(({ nullable }) => nullable)).toEqual([false, false, true, false, false, false, false]);
    expect(data.fields[1]).toMatchObject({ description: "How many", defaultValue: { Data: { LongData: 9007199254740993n } } });
    expect(data.fields[4]).toMatchObject({ defaultValue: { Data: { BytesData: "eyJhIjoxfQ==" } } });
  });
});

describe("a collection is refused", () => {
  it.each<[string, JsonObject, number, RegExp]>([
    ["for 1 dimension", { dimension: 1 }, 1100, /^invalid dimension: 1 of field vector\. should be in range 2 ~ 32768: invalid parameter$/],
    ["for negative dimensions", { dimension: -8 }, 1100, /^invalid dimension: -8 of field vector\./],
    ["for 32,769 dimensions", { dimension: 32_769 }, 1100, /^invalid dimension: 32769 of field vector\./],
    ["for half a dimension", { dimension: 2.5 }, 1801, /dimension is of the wrong JSON type/],
    ["for dimensions as text", { dimension: "2" }, 1801, /dimension/],
    ["for dimensions that no int32 holds", { dimension: 4_294_967_298 }, 1801, /dimension/],
    ["for dimensions that no double holds", { dimension: 2n ** 64n + 1n }, 1801, /dimension/],
    ["for a metric that there is not", { metricType: "l2" }, 1100, /does not support metric type: l2: invalid parameter$/],
    ["for a metric of binary vectors", { metricType: "HAMMING" }, 1100, /does not support metric type: HAMMING: invalid parameter$/],
    ["for an empty metric", { metricType: "" }, 1100, /metric type: : invalid parameter$/],
    ["for a metric that is no text", { metricType: 5 }, 1801, /metricType/],
    ["for a name of the key", { primaryField: "a-b" }, 1100, /^the field name "a-b" must/],
    ["for an empty name of the vector", { vectorField: "" }, 1100, /^the field name "" must/],
    ["for one name twice", { primaryField: "vector" }, 1100, /another field has the name: invalid parameter$/],
    ["for a description with U+0000", { description: "a\0" }, 1100, /^field description: contains U\+0000$/],
    ["for a description with half a character", { description: "\udfff" }, 1100, /^field description: contains a lone surrogate$/],
    ["for a flag as text", { enableDynamicField: "true" }, 1801, /enableDynamicField/],
    ["for its name", { collectionName: "1a" }, 1100, /the first character of a collection name/],
    ["for the length of its name", { collectionName: "a".repeat(256) }, 1100, /the length of a collection name/],
  ])("%s", async (_name, other, code, message) => {
    const { post, query } = openMilvus();
    expect(await post(create, { ...quick, ...other })).toEqual({ code, message: expect.stringMatching(message) as string });
    expect(await query("/v1/vector/collections")).toEqual({ code: 200, data: [] });
  });

  it("without quoting at length", async () => {
    const { send } = openMilvus();
    const long = "x".repeat(1_000_000);
    const others: readonly JsonObject[] = [{ metricType: long }, { primaryField: long }, { vectorField: `${long}-` }, { collectionName: long }, { description: long }];
    for (const other of others) {
      const { body, violations } = await send({ path: create, body: { ...quick, ...other } });
      expect(JSON.stringify([body, violations]).length).toBeLessThan(5000);
    }
  });
});

describe("concurrent calls", () => {
  const codes = (replies: readonly (JsonValue | undefined)[]) => replies.map((reply) => (reply as { readonly code: number }).code); // every reply has one

  it("create one collection, whoever asks for the same", async () => {
    const { post, query } = openMilvus();
    const replies = await Promise.all(Array.from({ length: 12 }, () => post(create, quick)));
    expect(codes(replies)).toEqual(Array.from({ length: 12 }, () => 200));
    expect(await query("/v1/vector/collections")).toEqual({ code: 200, data: ["quick"] });
  });

  it("create one collection, and the others are told that theirs is not the same", async () => {
    const { post, query } = openMilvus();
    const replies = await Promise.all(Array.from({ length: 12 }, (_, index) => post(create, { ...quick, dimension: index + 2 })));
    const winner = codes(replies).indexOf(200);
    expect(codes(replies).filter((code) => code === 200)).toHaveLength(1);
    expect(replies.filter((_, index) => index !== winner)).toEqual(Array.from({ length: 11 }, () => different));
    expect(await query(describeV1, { collectionName: "quick" })).toMatchObject({ data: { fields: [{}, { type: `FloatVector(${winner + 2})` }] } });
  });

  it("drop one collection once", async () => {
    const { post } = openMilvus();
    await post(create, quick);
    const replies = await Promise.all(Array.from({ length: 8 }, () => post("/v1/vector/collections/drop", { collectionName: "quick" })));
    expect(codes(replies).sort((left, right) => left - right)).toEqual([...Array.from({ length: 7 }, () => 100), 200]);
  });
});
