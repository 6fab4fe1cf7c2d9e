import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createConnect } from "../../../src/contract/client.js";
import { createAuthenticator, unlimitedCaller, type Authorization } from "../../../src/contract/credentials.js";
import type { ContractReply, Headers, Query } from "../../../src/contract/message.js";
import type { DataSource } from "../../../src/contract/data-source.js";
import type { Provider } from "../../../src/contract/provider.js";
import { createRouter } from "../../../src/contract/router.js";
import type { Caller } from "../../../src/core/caller.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Collection } from "../../../src/core/collection.js";
import type { Store } from "../../../src/core/store.js";
import { randomIds } from "../../../src/ids.js";
import type { Database } from "../../../src/persistence/database.js";
import { openMemory, silentLog } from "../../persistence/databases.js";
import { fillRequest, type LooseRequest } from "../loose-request.js";

export interface WorldOptions {
  readonly authorization?: Authorization;
  readonly settings?: Readonly<Record<string, number>>;
  /** Stands before the database of the test file. */
  readonly wrapStore?: (store: Store) => Store;
}

/** A provider's service over the database of the test file; collections go with their test. */
export interface VectorWorld {
  readonly store: Store;
  readonly dataSource: DataSource;
  readonly createCollection: (definition: JsonObject) => Promise<Collection>;
  readonly saveCaller: (secret: string, caller: Caller) => Promise<void>;
  /** To the route of insert, with the credentials of root, unless the request says otherwise. */
  readonly send: (request: LooseRequest) => Promise<ContractReply>;
  /** The body of the reply to a body, with the credentials of root. */
  readonly post: (path: string, body: JsonValue, headers?: Headers) => Promise<JsonValue | undefined>;
  /** The body of the reply to a GET. */
  readonly query: (path: string, query?: Query) => Promise<JsonValue | undefined>;
  readonly storedFields: (collection: Collection) => Promise<readonly JsonObject[]>;
}

/** Opens the database of a test file. */
export function useVectorWorlds(): (provider: Provider, options?: WorldOptions) => Promise<VectorWorld> {
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openMemory();
  });
  afterAll(() => database?.close());
  return async (provider, { wrapStore = keep, ...options } = {}) => {
    if (database === undefined) throw new Error("the database is not open yet");
    const { store } = database;
    onTestFinished(() => deleteCollections(store, provider));
    const world = createWorld(provider, wrapStore(store), options);
    await world.saveCaller("root:Milvus", unlimitedCaller("root"));
    return world;
  };
}

function keep(store: Store): Store {
  return store;
}

function createWorld(provider: Provider, store: Store, { authorization = "on", settings = {} }: WorldOptions): VectorWorld {
  const clock = { now: () => new Date() };
  const authenticator = createAuthenticator({ provider: provider.id, authorization, credentials: store.credentials, clock });
  const endpoints = provider.createService({ store, clock, ids: randomIds, settings, authorization });
  const router = createRouter({ endpoints, authenticator, settings, clock, ids: randomIds, log: silentLog });
  const send = (request: LooseRequest) => router(fillRequest(insertRequest, request), AbortSignal.timeout(20_000));
  return {
    store,
    dataSource: provider.createDataSource(createConnect({ provider: provider.id, transport: router, token: "root:Milvus", settings }), { ids: randomIds }),
    createCollection: (definition) => createCollection(provider, store, definition),
    saveCaller: (secret, caller) => store.credentials.saveCredential({ provider: provider.id, caller, secret }),
    send,
    post: async (path, body, headers = {}) => (await send({ path, body, headers: { ...insertRequest.headers, ...headers } })).body,
    query: async (path, query = {}) => (await send({ method: "GET", path, query })).body,
    storedFields: async (collection) => {
      const { items } = await store.records.listRecords(collection.id, { first: 10_000 });
      return items.map((record) => provider.collections.toFields(collection, record));
    },
  };
}

const insertRequest = {
  method: "POST",
  path: "/v1/vector/insert",
  query: {},
  headers: { authorization: "Bearer root:Milvus" },
  body: undefined,
} as const;

async function createCollection({ id: provider, collections }: Provider, store: Store, definition: JsonObject): Promise<Collection> {
  const wanted = collections.toCollection(collections.definition.parse(definition), randomIds);
  return (await store.collections.createCollection({ provider, ...wanted })).collection;
}

async function deleteCollections({ collections }: Store, { id }: Provider): Promise<void> {
  const { items } = await collections.listCollections({ providers: [id] }, { first: 10_000 });
  for (const collection of items) await collections.deleteCollection(collection.id);
}
