import { describe, expect, it } from "vitest";
import type { LooseRequest } from "../../contract/loose-request.js";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { zilliz } from "../../../src/providers/zilliz/index.js";
import { useVector, type VectorService } from "../vector-service.js";

const openMilvus = useVector(milvus);
const root = "/v1/vector";
const key: JsonObject = { name: "id", type: "Int64", primary: true };
const vec: JsonObject = { name: "vec", type: "FloatVector", dim: 2 };

interface Route {
  readonly privilege: string;
  readonly ask: (collectionName: string, dbName?: string) => LooseRequest;
  /** Whether it is about one collection. */
  readonly named: boolean;
}

const posted: readonly { readonly privilege: string; readonly path: string; readonly more: JsonObject }[] = [
  { privilege: "CreateCollection", path: "/v1/vector/collections/create", more: { dimension: 2 } },
  { privilege: "DropCollection", path: "/v1/vector/collections/drop", more: {} },
  { privilege: "Query", path: "/v1/vector/get", more: { id: 1 } },
  { privilege: "Delete", path: "/v1/vector/delete", more: { id: 1 } },
  { privilege: "CreateCollection", path: "/v2/vectordb/collections/create", more: { dimension: 2 } },
  { privilege: "DescribeCollection", path: "/v2/vectordb/collections/describe", more: {} },
  { privilege: "DropCollection", path: "/v2/vectordb/collections/drop", more: {} },
  { privilege: "Insert", path: "/v2/vectordb/entities/insert", more: { data: [] } },
  { privilege: "Upsert", path: "/v2/vectordb/entities/upsert", more: { data: [] } },
  { privilege: "Query", path: "/v2/vectordb/entities/get", more: { id: 1 } },
];

/** What the routes have in common is asked of all of them. */
const routes: readonly Route[] = [
  {
    privilege: "ShowCollections",
    ask: (_name, dbName) => ({ method: "GET", path: `${root}/collections`, query: withoutUndefined({ dbName }) }),
    named: false,
  },
  {
    privilege: "DescribeCollection",
    ask: (collectionName, dbName) => ({
      method: "GET",
      path: `${root}/collections/describe`,
      query: withoutUndefined({ collectionName, dbName }),
    }),
    named: true,
  },
  {
    privilege: "ShowCollections",
    ask: (_name, dbName) => ({ path: "/v2/vectordb/collections/list", body: withoutUndefined({ dbName }) }),
    named: false,
  },
  ...posted.map(({ privilege, path, more }): Route => ({
    privilege,
    ask: (collectionName, dbName) => ({ path, body: { ...withoutUndefined({ dbName }), collectionName, ...more } }),
    named: true,
  })),
];

function withoutUndefined<Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

const labelled = routes.map((route) => [route.ask("").path, route] as const);

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

describe("the order of the checks at", () => {
  const failures = { INSERT_MAX_BYTES: 1000, UPSERT_MAX_BYTES: 1000, REQUEST_MAX_BYTES: 1000 };

  it.each(labelled)("%s", async (_path, { privilege, ask, named }) => {
    const service = openMilvus({ settings: failures });
    await service.saveCaller("guest:secret", { principal: "guest", scopes: ["Nothing"], grants: "all" });
    const guest = { authorization: "Bearer guest:secret" };
    const codeOf = async (request: LooseRequest) => (await service.send(request)).body;
    expect(await codeOf({ ...ask("a-b", "nope"), headers: {}, sizeBytes: 1001 })).toMatchObject({ code: 1800 });
    expect(await codeOf({ ...ask("a-b", "nope"), headers: guest, sizeBytes: 1001 })).toMatchObject({
      code: 1102,
      message: expect.stringMatching(/^parameter too large\[message=/) as string,
    });
    if (named) expect(await codeOf({ ...ask("", "nope"), headers: guest })).toMatchObject({ code: 1802 });
    expect(await codeOf({ ...ask("a-b", "nope"), headers: guest })).toEqual({
      code: 65535,
      message: `rpc error: code = PermissionDenied desc = Privilege${privilege}: permission deny to guest in the \`nope\` database`,
    });
    expect(await codeOf(ask("a-b", "nope"))).toEqual({ code: 800, message: "database not found, database: nope" });
    if (named)
      expect(await codeOf(ask("a-b"))).toMatchObject({
        code: 1100,
        message: expect.stringContaining("collection name can only contain") as string,
      });
  });
});

describe("what is no request at", () => {
  const posts = labelled.filter(([, { ask }]) => ask("").method !== "GET");

  it.each(posts)("%s is told from what is missing", async (_path, { ask, named }) => {
    const { send } = openMilvus();
    const codeOf = async (request: LooseRequest) => (await send({ ...ask("a"), ...request })).body;
    expect(await codeOf({ body: undefined, bodyProblem: "unexpected end" })).toEqual({
      code: 1801,
      message: "can only accept json format request, error: unexpected end",
    });
    const bodies: readonly JsonValue[] = [[], "x", 5, true, { dbName: 5 }];
    for (const body of bodies) expect(await codeOf({ body })).toMatchObject({ code: 1801 });
    expect(await codeOf({ body: undefined })).toEqual({
      code: 1801,
      message: "can only accept json format request, error: EOF",
    });
    if (!named) return;
    const missing: readonly JsonValue[] = [null, {}, { collectionName: "" }, { collectionName: null }];
    for (const body of missing) expect(await codeOf({ body })).toMatchObject({ code: 1802 });
    expect(await codeOf({ body: { collectionName: 5 } })).toMatchObject({
      code: 1801,
      message: expect.stringContaining("collectionName is of the wrong JSON type") as string,
    });
  });

  it.each<[string, JsonObject, string]>([
    ["collections/create", { dimension: 2 }, "collectionName, dimension"],
    ["collections/create", { collectionName: "a", dimension: 0 }, "collectionName, dimension"],
    ["collections/drop", {}, "collectionName"],
    ["get", { collectionName: "a" }, "collectionName, id"],
    ["get", { collectionName: "a", id: null }, "collectionName, id"],
    ["delete", { collectionName: "a" }, "collectionName, id/filter"],
    ["delete", { collectionName: "a", id: null, filter: "" }, "collectionName, id/filter"],
    ["delete", { id: 1 }, "collectionName, id/filter"],
    ["upsert", { collectionName: "a" }, "collectionName, data"],
  ])("%s names all that it needs, whichever is missing: %j", async (path, body, required) => {
    const { post } = openMilvus();
    expect(await post(`${root}/${path}`, body)).toEqual({
      code: 1802,
      message: `missing required parameters, required parameters: [${required}]`,
    });
  });

  it("describe names the collection", async () => {
    const { query } = openMilvus();
    const missing = { code: 1802, message: "missing required parameters, required parameters: [collectionName]" };
    expect(await query(`${root}/collections/describe`)).toEqual(missing);
    expect(await query(`${root}/collections/describe`, { collectionName: "" })).toEqual(missing);
  });
});

describe("a caller", () => {
  it.each(labelled)(
    "with nothing but the privilege for %s may ask it in the databases that are granted",
    async (_path, { privilege, ask }) => {
      const service = openMilvus();
      await service.createDatabase("library");
      await service.saveCaller("guest:secret", { principal: "guest", scopes: [privilege], grants: ["library"] });
      const send = (dbName?: string) =>
        service.send({ ...ask("book", dbName), headers: { authorization: "guest:secret" } });
      expect(await send()).toMatchObject({
        status: 403,
        body: { message: expect.stringContaining("in the `default` database") as string },
      });
      expect(await send("library")).toMatchObject({ status: 200 });
    },
  );

  it("may ask for what is not served, and is told so", async () => {
    const { send } = openMilvus();
    for (const path of [
      "/v1/vector/query",
      "/v1/vector/search",
      "/v1/vector/collections/create/",
      "/v2/vectordb/collections/has",
      "/v2/vectordb/entities/query",
    ]) {
      expect(await send({ path, body: {} })).toMatchObject({ status: 404, body: "404 page not found" });
    }
    expect(await send({ method: "GET", path: `${root}/get`, query: { collectionName: "a", id: "1" } })).toMatchObject({
      status: 404,
    });
    expect(await send({ path: `${root}/collections`, body: {} })).toMatchObject({ status: 404 });
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
    ).toMatchObject({ code: 65535, message: expect.stringContaining("create duplicate collection") as string });
    expect(await service.query(`${root}/collections`, { dbName })).toEqual({ code: 200, data: ["book"] });
    expect(await service.post(`${root}/collections/drop`, { dbName, collectionName: "gone" })).toMatchObject({
      code: 100,
    });
  });
});
