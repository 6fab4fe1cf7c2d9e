import { systemRequest } from "../../src/core/request-scope.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { loadClient } from "./load.js";
import { openApp, rejection, type PeerApp } from "./open-app.js";

interface Reply {
  readonly code: number;
  readonly message?: string;
  readonly data?: unknown;
}

type Call = (parameters: Readonly<Record<string, unknown>>) => Promise<Reply>;

interface HttpClient {
  readonly createCollection: Call;
  readonly describeCollection: Call;
  readonly dropCollection: Call;
  readonly listCollections: (parameters?: Readonly<Record<string, unknown>>) => Promise<Reply>;
  readonly insert: Call;
  readonly upsert: Call;
  readonly get: Call;
  readonly delete: Call;
}

const { HttpClient } = loadClient<{
  readonly HttpClient: new (config: Readonly<Record<string, string>>) => HttpClient;
}>("milvus-sdk-v1");

const book: JsonObject = {
  users: [{ name: "root", password: "Milvus" }],
  collectionName: "book",
  fields: [
    { name: "book_id", type: "Int64", primary: true },
    { name: "word_count", type: "Int64" },
    { name: "book_intro", type: "FloatVector", dim: 2 },
  ],
  dynamic: true,
};

describe.each([
  ["milvus", ""],
  ["milvus", "/milvus"],
  ["zilliz", "/zilliz"],
])("@zilliz/milvus2-sdk-node 2.3.5 against %s at '%s'", (provider, path) => {
  let app: PeerApp;
  let client: HttpClient;

  beforeAll(async () => {
    app = await openApp();
    await app.manageCollections.create(systemRequest, provider, book);
    client = new HttpClient({ endpoint: app.url + path, token: "root:Milvus" });
  });
  afterAll(() => app.close());

  /** The client's own `get` sends a request that no server of this family answers. */
  async function stored(ids: readonly number[]): Promise<unknown> {
    const body = JSON.stringify({ collectionName: "book", id: ids, outputFields: ["*"] });
    const reply = await fetch(`${app.url}${path}/v1/vector/get`, {
      method: "POST",
      headers: { authorization: "Bearer root:Milvus" },
      body,
    });
    return ((await reply.json()) as Reply).data;
  }

  it("creates, lists, describes and drops a collection", async () => {
    const definition = { collectionName: "articles", dimension: 2 };

    expect(await client.createCollection({ ...definition })).toEqual({ code: 200, data: {} });
    expect(await client.createCollection({ ...definition })).toEqual({ code: 200, data: {} });
    expect((await client.listCollections()).data).toEqual(expect.arrayContaining(["articles", "book"]));
    expect(await client.describeCollection({ collectionName: "articles" })).toMatchObject({
      code: 200,
      data: {
        collectionName: "articles",
        enableDynamicField: true,
        fields: [
          { name: "id", type: "Int64", primaryKey: true, autoId: true },
          { name: "vector", type: "FloatVector(2)", primaryKey: false, autoId: false },
        ],
        indexes: [{ fieldName: "vector", metricType: "IP" }],
        load: "LoadStateLoaded",
        shardsNum: 1,
      },
    });
    expect(
      await client.insert({ collectionName: "articles", data: [{ vector: [0.1, 0.2], title: "Ä" }] }),
    ).toMatchObject({
      code: 200,
      data: { insertCount: 1, insertIds: [expect.any(Number)] },
    });
    expect(await client.dropCollection({ collectionName: "articles" })).toEqual({ code: 200, data: {} });
    expect((await client.listCollections()).data).not.toContain("articles");
  });

  it("inserts entities, adds another of the same key by what it calls upsert, and deletes them", async () => {
    const entity = { book_id: 1, word_count: 9, book_intro: [0.25, 0.5], title: "Dune" };

    expect(await client.insert({ collectionName: "book", data: [entity] })).toEqual({
      code: 200,
      data: { insertCount: 1, insertIds: [1] },
    });
    expect(await client.upsert({ collectionName: "book", data: [{ ...entity, word_count: 10 }] })).toMatchObject({
      code: 200,
      data: { insertCount: 1 },
    });
    expect(await stored([1])).toEqual([entity, { ...entity, word_count: 10 }]);
    expect(await client.delete({ collectionName: "book", id: [1] })).toEqual({ code: 200, data: {} });
    expect(await stored([1])).toEqual([]);
  });

  it("hands its caller the code and the message of a refusal", async () => {
    const wrongPassword = new HttpClient({ endpoint: app.url + path, token: "root:milvus" });
    const data = [{ book_id: 2, word_count: 9, book_intro: [0.25, 0.5] }];

    expect(await wrongPassword.listCollections()).toEqual({ code: 1800, message: "user hasn't authenticated" });
    expect(await client.insert({ collectionName: "pamphlet", data })).toEqual({
      code: 100,
      message: "can't find collection[database=default][collection=pamphlet]",
    });
    expect(await client.insert({ collectionName: "book", dbName: "library", data })).toEqual({
      code: 800,
      message: "database not found, database: library",
    });
    expect(await client.insert({ collectionName: "book", data: [{ ...data[0], book_intro: [0.25] }] })).toEqual({
      code: 1804,
      message:
        "fail to deal the insert data, error: []float32 size 1 doesn't equal to vector dimension 2 of FloatVector: invalid parameter",
    });
    expect(await client.insert({ collectionName: "book" })).toEqual({
      code: 1802,
      message: "missing required parameters, required parameters: [collectionName, data]",
    });
    expect(await client.dropCollection({ collectionName: "pamphlet" })).toEqual({
      code: 100,
      message: "collection not found, database: default, collection: pamphlet",
    });
    expect(await client.createCollection({ collectionName: "book", dimension: 3 })).toEqual({
      code: 65535,
      message: "create duplicate collection with different parameters, collection: book",
    });
    expect(await stored([2])).toEqual([]);
  });

  it("fails on the text that answers its get", async () => {
    const failure = await rejection<Error>(client.get({ collectionName: "book", id: [1], outputFields: ["book_id"] }));

    expect(failure.name).toBe("SyntaxError");
  });
});
