import { describe, expect, it } from "vitest";
import { milvus } from "../../../src/providers/milvus/index.js";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { useVector, type VectorService } from "../vector-service.js";
import { key, vec } from "../book.js";

const openMilvus = useVector(milvus);
const root = "/v1/vector";

describe.each([zilliz, milvus])("the collections of $id", (provider) => {
  const open = useVector(provider);
  it("are created, listed, described and dropped", async () => {
    const { post, query } = open();
    expect(await query(`${root}/collections`)).toEqual({ code: 200, data: [] });
    for (const collectionName of ["quick", "_2"]) {
      expect(await post(`${root}/collections/create`, { collectionName, dimension: 2 })).toEqual({
        code: 200,
        data: {},
      });
    }
    expect(await query(`${root}/collections`, { dbName: "default" })).toEqual({ code: 200, data: ["quick", "_2"] });
    expect(await query(`${root}/collections/describe`, { collectionName: "quick" })).toEqual({
      code: 200,
      data: {
        collectionName: "quick",
        description: "",
        enableDynamicField: true,
        fields: [
          {
            autoId: true,
            clusteringKey: false,
            description: "",
            name: "id",
            nullable: false,
            partitionKey: false,
            primaryKey: true,
            type: "Int64",
          },
          {
            autoId: false,
            clusteringKey: false,
            description: "",
            name: "vector",
            nullable: false,
            partitionKey: false,
            primaryKey: false,
            type: "FloatVector(2)",
          },
        ],
        indexes: [{ fieldName: "vector", indexName: "vector_idx", metricType: "L2" }],
        load: "LoadStateLoaded",
        shardsNum: 1,
      },
    });
    expect(await post(`${root}/collections/drop`, { collectionName: "quick" })).toEqual({ code: 200, data: {} });
    expect(await post(`${root}/collections/drop`, { collectionName: "quick" })).toEqual({
      code: 100,
      message: "collection not found, database: default, collection: quick",
    });
    expect(await query(`${root}/collections`)).toEqual({ code: 200, data: ["_2"] });
  });

  it("take entities that are read and deleted by their keys", async () => {
    const { post } = open();
    await post(`${root}/collections/create`, { collectionName: "quick", dimension: 2 });
    const inserted = await post(`${root}/insert`, {
      collectionName: "quick",
      data: [{ vector: [0.1, 0.2], color: "red" }, { vector: [3, 4] }],
    });
    const [first = 0, second = 0] = (inserted as unknown as { data: { insertIds: readonly bigint[] } }).data.insertIds; // what the line before answers
    expect(await post(`${root}/get`, { collectionName: "quick", id: [second, first, 7] })).toEqual({
      code: 200,
      data: [
        { id: first, vector: [0.1, 0.2], color: "red" },
        { id: second, vector: [3, 4] },
      ],
    });
    expect(await post(`${root}/delete`, { collectionName: "quick", id: first })).toEqual({ code: 200, data: {} });
    expect(await post(`${root}/get`, { collectionName: "quick", id: [first, second] })).toEqual({
      code: 200,
      data: [{ id: second, vector: [3, 4] }],
    });
  });
});

describe("databases", () => {
  const names = async ({ query }: VectorService, dbName?: string) =>
    query(`${root}/collections`, dbName === undefined ? {} : { dbName });

  it("have collections of their own, also of the same name", async () => {
    const service = openMilvus();
    await service.createDatabase("library");
    await service.create({ collectionName: "book", fields: [key, vec] });
    expect(await names(service, "library")).toEqual({ code: 200, data: [] });
    expect(
      await service.post(`${root}/collections/create`, { dbName: "library", collectionName: "book", dimension: 5 }),
    ).toEqual({ code: 200, data: {} });
    expect(
      await service.post(`${root}/collections/create`, { dbName: "library", collectionName: "novel", dimension: 5 }),
    ).toEqual({ code: 200, data: {} });
    expect(await names(service, "library")).toEqual({ code: 200, data: ["book", "novel"] });
    expect(await service.post(`${root}/collections/drop`, { dbName: "library", collectionName: "book" })).toEqual({
      code: 200,
      data: {},
    });
    expect(await service.post(`${root}/collections/drop`, { dbName: "library", collectionName: "book" })).toEqual({
      code: 100,
      message: "collection not found, database: library, collection: book",
    });
    expect(await names(service)).toEqual({ code: 200, data: ["book"] });
  });

  it.each(["", "nope", "a\0b", "\ud800"])("of the name %j are not there", async (dbName) => {
    const service = openMilvus();
    expect(await names(service, dbName)).toEqual({ code: 800, message: `database not found, database: ${dbName}` });
    expect(
      await service.post(`${root}/collections/create`, { dbName, collectionName: "a", dimension: 2 }),
    ).toMatchObject({ code: 800 });
  });

  it("list more collections than are read in one go", async () => {
    const service = openMilvus();
    const all = Array.from({ length: 1001 }, (_, index) => `c${index}`);
    for (const collectionName of all) await service.create({ collectionName, fields: [key] });
    expect(await names(service)).toEqual({ code: 200, data: all });
  });
});

describe("an alias", () => {
  it("leads to the collection that it is of, and may not stand for it when it is dropped or created", async () => {
    const service = openMilvus();
    await service.create({ collectionName: "book", dbName: "aliased", fields: [key, vec] });
    await service.createDatabase("aliased", { aliases: { novel: "book", gone: "nope" } });
    const dbName = "aliased";
    expect(await service.query(`${root}/collections/describe`, { dbName, collectionName: "novel" })).toMatchObject({
      code: 200,
      data: { collectionName: "book" },
    });
    expect(await service.post("/v2/vectordb/collections/describe", { dbName, collectionName: "novel" })).toMatchObject({
      code: 0,
      data: { aliases: ["novel"] },
    });
    expect(await service.post(`${root}/get`, { dbName, collectionName: "novel", id: 1 })).toEqual({
      code: 200,
      data: [],
    });
    expect(await service.post(`${root}/collections/drop`, { dbName, collectionName: "novel" })).toEqual({
      code: 65535,
      message: "cannot drop the collection via alias = novel",
    });
    expect(
      await service.post(`${root}/collections/create`, { dbName, collectionName: "novel", dimension: 2 }),
    ).toMatchObject({ code: 1601, message: expect.stringContaining("alias and collection name conflict") as string });
    expect(await service.query(`${root}/collections`, { dbName })).toEqual({ code: 200, data: ["book"] });
    expect(await service.post(`${root}/collections/drop`, { dbName, collectionName: "gone" })).toMatchObject({
      code: 100,
    });
  });
});
