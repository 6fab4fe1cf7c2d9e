import { afterAll, beforeAll, expect, it } from "vitest";
import { loadClient } from "./load.js";
import { openApp, type PeerApp } from "./open-app.js";
import { seedMilvus } from "./milvus-seed.js";

interface Reply {
  readonly code: number;
  readonly data?: unknown;
}

type Client = Readonly<Record<string, (parameters?: Readonly<Record<string, unknown>>) => Promise<Reply>>>;

const { HttpClient } = loadClient<{
  readonly HttpClient: new (config: Readonly<Record<string, unknown>>) => Client;
}>("milvus-sdk-v2");

let app: PeerApp;
let client: Client;

beforeAll(async () => {
  app = await openApp();
  await seedMilvus(app, [{ name: "root", password: "Milvus" }]);
  client = new HttpClient({ endpoint: app.url, token: "root:Milvus" });
});
afterAll(() => app.close());

async function call(name: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
  const reply = await client[name]?.(parameters);
  expect([name, reply?.code]).toEqual([name, 0]);
  return reply?.data;
}

it("walks around a write: a collection, its index, its state, aliases, partitions and databases", async () => {
  const collectionName = "articles";
  const fields = [
    { fieldName: "id", dataType: "VarChar", isPrimary: true, elementTypeParams: { max_length: 20 } },
    { fieldName: "vec", dataType: "FloatVector", elementTypeParams: { dim: 2 } },
  ];
  expect(await call("hasCollection", { collectionName })).toEqual({ has: false });
  await call("createCollection", { collectionName, schema: { fields } });
  await call("createIndex", {
    collectionName,
    indexParams: [{ fieldName: "vec", indexName: "vec", metricType: "L2" }],
  });
  expect(await call("getCollectionLoadState", { collectionName })).toEqual({ loadState: "LoadStateNotLoad" });
  await call("loadCollection", { collectionName });
  expect(await call("getCollectionLoadState", { collectionName })).toMatchObject({ loadState: "LoadStateLoaded" });
  expect(await call("listIndexes", { collectionName })).toEqual(["vec"]);
  expect(await call("describeIndex", { collectionName, indexName: "vec" })).toMatchObject([{ indexType: "AUTOINDEX" }]);
  const data = ["a", "b", "c"].map((id) => ({ id, vec: [1, 2] }));
  await call("insert", { collectionName, data });
  expect(await call("delete", { collectionName, filter: 'id in ["a", "b"]' })).toEqual({ deleteCount: 2 });
  expect(await call("getCollectionStatistics", { collectionName })).toEqual({ rowCount: 1 });
  await call("createAlias", { collectionName, aliasName: "news" });
  expect(await call("listAliases", { collectionName })).toEqual(["news"]);
  await call("renameCollection", { collectionName, newCollectionName: "papers" });
  expect(await call("describeAlias", { aliasName: "news" })).toMatchObject({ collectionName: "papers" });
  await call("dropAlias", { aliasName: "news" });
  expect(await call("listPartitions", { collectionName: "papers" })).toEqual(["_default"]);
  await call("releaseCollection", { collectionName: "papers" });
  await call("dropIndex", { collectionName: "papers", indexName: "vec" });
  await call("createDatabase", { dbName: "library" });
  expect(await call("listDatabases")).toEqual(expect.arrayContaining(["default", "library"]));
  await call("dropDatabase", { dbName: "library" });
});
