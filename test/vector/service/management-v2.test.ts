import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { useVector } from "../vector-service.js";
import { asText, create, done, root } from "../book-v2.js";

const openMilvus = useVector(milvus);
const openZilliz = useVector(zilliz);

describe.each([zilliz, milvus])("the second version of $id", (provider) => {
  const open = useVector(provider);
  it("creates, lists, describes and drops", async () => {
    const service = open();
    // As the client sends it.
    const asked = {
      collectionName: "book",
      dimension: 2,
      metricType: "COSINE",
      primaryFieldName: "id",
      vectorFieldName: "vector",
      dbName: "default",
    };
    expect(await service.post(`${root}/collections/create`, asked)).toEqual(done);
    expect(await service.post(`${root}/collections/list`, { dbName: "default" })).toEqual({
      code: 0,
      data: ["book"],
    });
    const field = { partitionKey: false, clusteringKey: false, autoId: false, description: "", nullable: false };
    expect(await service.post(`${root}/collections/describe`, { collectionName: "book" })).toEqual({
      code: 0,
      data: {
        collectionName: "book",
        collectionID: expect.anything() as bigint,
        description: "",
        autoId: false,
        fields: [
          { ...field, name: "id", primaryKey: true, type: "Int64", id: 100 },
          {
            ...field,
            name: "vector",
            primaryKey: false,
            type: "FloatVector",
            params: [{ key: "dim", value: "2" }],
            id: 101,
          },
        ],
        functions: [],
        aliases: [],
        indexes: [{ fieldName: "vector", indexName: "vector", metricType: "COSINE" }],
        load: "LoadStateLoaded",
        shardsNum: 1,
        partitionsNum: 1,
        consistencyLevel: "Bounded",
        enableDynamicField: true,
        properties: [],
      },
    });
    expect(await service.post(`${root}/collections/drop`, { collectionName: "book" })).toEqual(done);
    expect(await service.post(`${root}/collections/list`, {})).toEqual({ code: 0, data: [] });
  });

  it("inserts, replaces and reads entities", async () => {
    const service = open();
    await create(service, { dimension: 2 });
    const data: readonly JsonObject[] = [
      { id: "9007199254740993", vector: [1, 2], title: "Dune" },
      { id: 2, vector: [3, 4] },
    ];
    const post = (path: string, body: JsonObject, headers = {}) =>
      service.post(`${root}/entities/${path}`, { collectionName: "book", ...body }, headers);
    expect(await post("insert", { data }, asText)).toEqual({
      code: 0,
      cost: 0,
      data: { insertCount: 2, insertIds: ["9007199254740993", "2"] },
    });
    expect(await post("upsert", { data: [{ id: 2, vector: [5, 6] }] })).toEqual({
      code: 0,
      cost: 0,
      data: { upsertCount: 1, upsertIds: [2] },
    });
    expect(await post("get", { id: [2, "9007199254740993", 3], outputFields: ["vector"] }, asText)).toEqual({
      code: 0,
      cost: 0,
      data: [
        { id: "9007199254740993", vector: [1, 2] },
        { id: "2", vector: [5, 6] },
      ],
    });
    expect(await post("get", { id: 9007199254740993n })).toEqual({
      code: 0,
      cost: 0,
      data: [{ id: 9007199254740993n, vector: [1, 2], title: "Dune" }],
    });
    expect(await service.post("/v1/vector/get", { collectionName: "book", id: 2 })).toEqual({
      code: 200,
      data: [{ id: 2, vector: [5, 6] }],
    });
  });
});

describe("a partition", () => {
  it.each(["insert", "upsert"])(
    "that the collection does not have refuses an %s after all values",
    async (operation) => {
      const service = openMilvus();
      await create(service, { dimension: 2 });
      const post = (partitionName: JsonValue, vector: readonly number[] = [1, 2]) =>
        service.post(`${root}/entities/${operation}`, {
          collectionName: "book",
          partitionName,
          data: [{ id: 1, vector }],
        });
      expect(await post("shelf", [1])).toMatchObject({ code: 1804 });
      expect(await post("shelf")).toEqual({ code: 200, message: "partition not found[partition=shelf]" });
      expect(await post("a b")).toMatchObject({
        code: 1100,
        message: expect.stringMatching(/^Invalid partition name: a b\. /) as string,
      });
      expect(await post(5)).toMatchObject({ code: 1801 });
      const read = () => service.post(`${root}/entities/get`, { collectionName: "book", id: 1 });
      expect(await read()).toMatchObject({ code: 0, data: [] });
      for (const name of ["_default", "", null]) expect(await post(name)).toMatchObject({ code: 0 });
      expect(await read()).not.toMatchObject({ data: [] });
    },
  );
});

describe("a body of null", () => {
  it("is an empty object", async () => {
    const service = openMilvus();
    expect(await service.post(`${root}/collections/list`, null)).toMatchObject({ code: 0, data: [] });
    expect(await service.post(`${root}/collections/drop`, null)).toMatchObject({ code: 1802 });
  });
});

describe("a collection that does not exist", () => {
  it("is dropped, in any database and by any name", async () => {
    const service = openMilvus();
    const drop = (body: JsonObject) => service.post(`${root}/collections/drop`, { collectionName: "nothing", ...body });
    expect(await drop({})).toMatchObject({ code: 0, data: {} });
    expect(await drop({ dbName: "nope" })).toEqual(done);
    expect(await drop({ collectionName: "a-b" })).toEqual(done);
  });
});

describe("the database", () => {
  it.each<JsonObject>([{}, { dbName: null }, { dbName: "" }])(
    "is the one of the header DB-Name for %j",
    async (names) => {
      const service = openMilvus();
      await service.createDatabase("library");
      await service.post(`${root}/collections/create`, { dbName: "library", collectionName: "novel", dimension: 2 });
      const ask = (header: string) => service.post(`${root}/collections/list`, names, { "db-name": header });
      expect(await ask("library")).toMatchObject({ code: 0, data: ["novel"] });
      expect(await ask("nope")).toEqual({ code: 800, message: "database not found[database=nope]" });
      expect(await ask("")).toMatchObject({ code: 0, data: [] });
      const inBody = { ...names, dbName: "default" };
      expect(await service.post(`${root}/collections/list`, inBody, { "db-name": "nope" })).toMatchObject({ code: 0 });
    },
  );

  it("is not named by a header in the first version, and an empty name is one there", async () => {
    const service = openMilvus();
    const body = { collectionName: "nothing", dbName: "" };
    const unknown = { code: 800, message: "database not found, database: " };
    expect(await service.post("/v1/vector/collections/drop", body, { "db-name": "default" })).toEqual(unknown);
  });

  it.each<JsonValue>([null, "", "default"])("is the default one for %j", async (dbName) => {
    const service = openMilvus();
    await create(service, { dimension: 2 });
    expect(await service.post(`${root}/collections/list`, { dbName })).toEqual({ code: 0, data: ["book"] });
    expect(
      await service.post(`${root}/entities/insert`, {
        dbName,
        collectionName: "book",
        data: [{ id: 1, vector: [1, 2] }],
      }),
    ).toMatchObject({ code: 0 });
    expect(await service.post(`${root}/entities/get`, { dbName, collectionName: "book", id: 1 })).toMatchObject({
      data: [{ id: 1 }],
    });
  });
});

describe("what is missing", () => {
  const missing = (type: string, ...members: readonly string[]) => ({
    code: 1802,
    message: `missing required parameters, error: ${members.map((member) => `Key: '${type}.${member}' Error:Field validation for '${member}' failed on the 'required' tag`).join("\n")}`,
  });

  it.each<[string, JsonValue, ReturnType<typeof missing>]>([
    ["collections/create", {}, missing("CollectionReq", "CollectionName")],
    ["collections/describe", { collectionName: "" }, missing("CollectionNameReq", "CollectionName")],
    ["collections/drop", null, missing("CollectionNameReq", "CollectionName")],
    ["entities/insert", {}, missing("CollectionDataReq", "CollectionName", "Data")],
    ["entities/upsert", { collectionName: "a", data: null }, missing("CollectionDataReq", "Data")],
    ["entities/get", { collectionName: "a" }, missing("CollectionIDReq", "ID")],
    ["entities/get", null, missing("CollectionIDReq", "CollectionName", "ID")],
  ])("is told by %s in the words of the server's validator", async (path, body, expected) => {
    const { post } = openMilvus();
    expect(await post(`${root}/${path}`, body)).toEqual(expected);
  });

  it.each<JsonValue>([{}, "x", 5, [1], { id: 1, vec: [1, 2] }])(
    "is not told from data of another type: %j",
    async (data) => {
      const { post } = openMilvus();
      for (const path of ["insert", "upsert"]) {
        expect(await post(`${root}/entities/${path}`, { collectionName: "a", data })).toMatchObject({ code: 1801 });
      }
    },
  );
});

describe("limits", () => {
  it("are those of the first version", async () => {
    const { post, send } = openZilliz();
    const data = Array.from({ length: 5001 }, () => ({}));
    expect(await post(`${root}/entities/insert`, { collectionName: "a", data })).toEqual({
      code: 90109,
      message: "The max insert batch rows should below 5000.",
    });
    expect(await post(`${root}/entities/upsert`, { collectionName: "a", data })).toMatchObject({ code: 100 });
    const sized = (path: string, megabytes: number) =>
      send({ path: `${root}/${path}`, body: { collectionName: "a", data: [] }, sizeBytes: megabytes * 1_048_576 + 1 });
    for (const [path, megabytes] of [
      ["entities/insert", 50],
      ["entities/upsert", 64],
      ["entities/get", 64],
      ["collections/list", 64],
    ] as const) {
      expect(await sized(path, megabytes)).toMatchObject({ status: 413, body: { code: 1102 } });
      expect(await sized(path, megabytes - 1)).toMatchObject({ status: 200 });
    }
  });
});
