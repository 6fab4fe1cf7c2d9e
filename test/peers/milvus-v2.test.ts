import { afterAll, beforeAll, expect, it } from "vitest";
import { loadClient } from "./load.js";
import { openApp, rejection, type PeerApp } from "./open-app.js";
import { seedMilvus } from "./milvus-seed.js";

interface Reply {
  readonly code: number;
  readonly message?: string;
  readonly data?: unknown;
}

interface HttpError extends Error {
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
}

type Call = (parameters: Readonly<Record<string, unknown>>) => Promise<Reply>;

interface HttpClient {
  readonly createCollection: Call;
  readonly describeCollection: Call;
  readonly dropCollection: Call;
  readonly listCollections: () => Promise<Reply>;
  readonly insert: Call;
  readonly upsert: Call;
  readonly get: Call;
  readonly search: Call;
}

const { HttpClient } = loadClient<{
  readonly HttpClient: new (config: Readonly<Record<string, unknown>>) => HttpClient;
}>("milvus-sdk-v2");

const maxUpsertBytes = 2000;
let app: PeerApp;
let client: HttpClient;

beforeAll(async () => {
  app = await openApp({ MILVUS_UPSERT_MAX_BYTES: String(maxUpsertBytes) });
  await seedMilvus(app, [
    { name: "root", password: "Milvus" },
    { name: "reader", password: "secret", privileges: [] },
  ]);
  client = new HttpClient({ endpoint: app.url, token: "root:Milvus" });
});
afterAll(() => app.close());

it("creates a collection in short form, writes entities and reads them back", async () => {
  const first = { id: "9007199254740993", vector: [0.25, 0.5], title: "Dune", pages: 412 };
  const both = { collectionName: "articles", id: [first.id, 2], outputFields: ["*"] };

  expect(await client.createCollection({ collectionName: "articles", dimension: 2 })).toMatchObject({
    code: 0,
    data: {},
  });
  expect((await client.listCollections()).data).toEqual(expect.arrayContaining(["articles", "seed"]));
  expect(await client.insert({ collectionName: "articles", data: [first, { ...first, id: 2 }] })).toMatchObject({
    code: 0,
    cost: expect.any(Number) as number,
    data: { insertCount: 2, insertIds: [first.id, "2"] },
  });
  expect(await client.upsert({ collectionName: "articles", data: [{ ...first, id: 2, title: "Ubik" }] })).toMatchObject(
    {
      code: 0,
      data: { upsertCount: 1, upsertIds: ["2"] },
    },
  );
  expect(await client.get(both)).toMatchObject({ code: 0, data: [first, { ...first, id: "2", title: "Ubik" }] });
  expect(await client.dropCollection({ collectionName: "articles" })).toMatchObject({ code: 0, data: {} });
  expect((await client.listCollections()).data).not.toContain("articles");
});

it("creates a collection from a schema, whose keys the server generates, and replaces an entity under a new key", async () => {
  const fields = [
    { fieldName: "key", dataType: "Int64", isPrimary: true },
    { fieldName: "name", dataType: "VarChar", elementTypeParams: { max_length: 20 } },
    { fieldName: "tags", dataType: "Array", elementDataType: "Int64", elementTypeParams: { max_capacity: 3 } },
    { fieldName: "place", dataType: "FloatVector", elementTypeParams: { dim: 2 } },
  ];
  const indexParams = [{ metricType: "L2", fieldName: "place", indexName: "place" }];
  const row = { name: "a", tags: [1, 2], place: [0.25, 0.5] };
  const created = await client.createCollection({
    collectionName: "places",
    schema: { autoId: true, enableDynamicField: false, fields },
    indexParams,
  });
  const inserted = await client.insert({ collectionName: "places", data: [row] });
  const [key] = (inserted.data as { readonly insertIds: readonly string[] }).insertIds;
  const upserted = await client.upsert({ collectionName: "places", data: [{ ...row, key, name: "b" }] });
  const [newKey] = (upserted.data as { readonly upsertIds: readonly string[] }).upsertIds;

  expect(created).toMatchObject({ code: 0, data: {} });
  expect(await client.describeCollection({ collectionName: "places" })).toMatchObject({
    code: 0,
    data: {
      collectionName: "places",
      enableDynamicField: false,
      fields: [{ name: "key", primaryKey: true, autoId: true }, { name: "name" }, { name: "tags" }, { name: "place" }],
      indexes: [{ fieldName: "place", indexName: "place", metricType: "L2" }],
      load: "LoadStateLoaded",
    },
  });
  expect(key).toMatch(/^\d{18}$/);
  expect(newKey).not.toBe(key);
  expect(
    (await client.get({ collectionName: "places", id: [key, newKey], outputFields: ["name"] })).data,
  ).toMatchObject([{ name: "b" }]);
});

it("gives numbers to a client that accepts them, at another base URL", async () => {
  const numbers = new HttpClient({
    baseURL: `${app.url}/milvus/v2`,
    username: "root",
    password: "Milvus",
    acceptInt64: true,
  });

  expect((await numbers.insert({ collectionName: "seed", data: [{ id: 5, vector: [1, 0] }] })).data).toEqual({
    insertCount: 1,
    insertIds: [5],
  });
  expect((await numbers.get({ collectionName: "seed", id: 5, outputFields: ["id", "vector"] })).data).toEqual([
    { id: 5, vector: [1, 0] },
  ]);
});

it("hands its caller the code and the message of a refusal that comes with status 200", async () => {
  const data = [{ id: 1, vector: [0.25, 0.5] }];

  expect(await client.insert({ collectionName: "pamphlet", data })).toEqual({
    code: 100,
    message: "can't find collection[database=default][collection=pamphlet]",
  });
  expect(await client.insert({ collectionName: "seed", data: [{ id: 1, vector: [0.25] }] })).toMatchObject({
    code: 1804,
  });
  expect(await client.upsert({ collectionName: "seed", data: [data[0], data[0]] })).toEqual({
    code: 1100,
    message: "duplicate primary keys are not allowed in the same batch: invalid parameter",
  });
  expect(await client.insert({ collectionName: "seed" })).toMatchObject({
    code: 1802,
    message: expect.stringMatching(/^missing required parameters, error: /) as string,
  });
});

it.each([
  [
    401,
    "another password",
    { token: "root:milvus" },
    { collectionName: "seed", data: [{ id: 1, vector: [0, 1] }] },
    `{"code":1800,"message":"user hasn't authenticated"}`,
  ],
  [
    403,
    "no privilege",
    { token: "reader:secret" },
    { collectionName: "seed", data: [{ id: 1, vector: [0, 1] }] },
    "PrivilegeUpsert: permission deny to reader in the `default` database",
  ],
  [
    413,
    "a body above the limit",
    { token: "root:Milvus" },
    { collectionName: "seed", data: [{ id: 1, note: "x".repeat(maxUpsertBytes) }] },
    '{"code":1102,"message":"parameter too large',
  ],
] as const)("throws its HttpError with status %i for %s", async (status, _case, credentials, request, body) => {
  const failure = await rejection<HttpError>(
    new HttpClient({ endpoint: app.url, ...credentials }).upsert({ ...request }),
  );

  expect(failure).toMatchObject({ name: "HttpError", status, url: `${app.url}/v2/vectordb/entities/upsert` });
  expect(failure.message).toContain(`HTTP ${status} ${failure.statusText}: ${failure.url} - `);
  expect(failure.message).toContain(body);
});

it("throws its HttpError for what is not served", async () => {
  const failure = await rejection<HttpError>(
    client.search({ collectionName: "seed", data: [[0, 1]], limit: 1, outputFields: ["id"] }),
  );

  expect(failure).toMatchObject({ name: "HttpError", status: 404 });
  expect(failure.message).toContain(" - 404 page not found");
});
