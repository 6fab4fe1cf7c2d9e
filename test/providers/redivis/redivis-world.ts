import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { createConnect } from "../../../src/contract/client.js";
import { createAuthenticator, type Authorization } from "../../../src/contract/credentials.js";
import type { ContractReply } from "../../../src/contract/message.js";
import { buildPath } from "../../../src/contract/paths.js";
import { createRouter } from "../../../src/contract/router.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Collection } from "../../../src/core/collection.js";
import type { Store } from "../../../src/core/store.js";
import type { WriteReceipt } from "../../../src/core/write.js";
import { randomIds } from "../../../src/ids.js";
import type { Database } from "../../../src/persistence/database.js";
import { insertRows } from "../../../src/providers/redivis/contract.js";
import { redivis } from "../../../src/providers/redivis/index.js";
import { openMemory, silentLog } from "../../persistence/databases.js";
import { fillRequest, type LooseRequest } from "../../contract/loose-request.js";

export interface WorldOptions {
  readonly authorization?: Authorization;
  readonly settings?: Readonly<Record<string, number>>;
  readonly now?: () => Date;
  /** Stands before the database of the test file. */
  readonly wrapStore?: (store: Store) => Store;
}

export interface Target {
  readonly reference?: string;
  readonly upload?: string;
}

/** The service over the database of the test file; uploads go with their test. */
export interface RedivisWorld {
  readonly store: Store;
  readonly create: (definition: JsonObject) => Promise<Collection>;
  readonly saveToken: (token: string, rights: { readonly scopes: readonly string[]; readonly grants: readonly string[] }) => Promise<void>;
  readonly send: (request: LooseRequest) => Promise<ContractReply>;
  readonly insert: (rows: JsonValue, target?: Target) => Promise<ContractReply>;
  /** Through the data source. */
  readonly write: (records: readonly JsonObject[], target?: Target) => Promise<WriteReceipt>;
  readonly storedFields: (upload: Collection) => Promise<readonly JsonObject[]>;
}

export const reference = "demo.my_data:abcd:next.a_table:wxyz";
const allTypes = ["string", "integer", "float", "boolean", "date", "dateTime", "time", "geography"];
/** A variable of each type, of the same name. */
export const allVariables = allTypes.map((type) => ({ name: type, type }));

export interface DefinitionParts {
  readonly dataset?: JsonObject;
  readonly table?: JsonObject;
  readonly upload?: JsonObject;
}

/** The upload that `reference` leads to, unless a part says otherwise. */
export function defineUpload({ dataset = {}, table = {}, upload = {} }: DefinitionParts = {}): JsonObject {
  const uploads = [{ name: "events", schema: allVariables, ...upload }];
  return {
    owner: "demo",
    dataset: { name: "My data", id: "abcd", released: ["v1_0", "v1_1"], next: true, visibility: "public", ...dataset },
    table: { name: "A table", id: "wxyz", uploads, ...table },
  };
}

/** Opens the database of a test file. */
export function useRedivisWorlds(): (options?: WorldOptions) => RedivisWorld {
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openMemory();
  });
  afterAll(() => database?.close());
  return ({ wrapStore, ...options } = {}) => {
    if (database === undefined) throw new Error("the database is not open yet");
    return createWorld(wrapStore?.(database.store) ?? database.store, options);
  };
}

function createWorld(store: Store, { authorization = "off", settings = {}, now = () => new Date() }: WorldOptions): RedivisWorld {
  const clock = { now };
  const authenticator = createAuthenticator({ provider: redivis.id, authorization, credentials: store.credentials, clock });
  const endpoints = redivis.createService({ store, clock, ids: randomIds, settings, authorization });
  const router = createRouter({ endpoints, authenticator, settings, clock, ids: randomIds, log: silentLog });
  const dataSource = redivis.createDataSource(createConnect({ provider: redivis.id, transport: router, token: "t", settings }), { ids: randomIds });
  const send = (request: LooseRequest): Promise<ContractReply> =>
    router(fillRequest({ method: "POST", path: pathOf({}), query: {}, headers: bearer("t"), body: { rows: [] } }, request), AbortSignal.timeout(30_000));
  return {
    store,
    send,
    create: (definition) => createUpload(store, definition),
    saveToken: (token, rights) => store.credentials.saveCredential({ provider: redivis.id, caller: { principal: token, ...rights }, secret: token }),
    insert: (rows, target = {}) => send({ path: pathOf(target), body: { rows } }),
    write: (records, { reference: tableReference = reference, upload: uploadName = "events" } = {}) => {
      const receipt = dataSource.insertRecords?.({ target: { tableReference, uploadName }, records }, AbortSignal.timeout(30_000));
      return receipt ?? Promise.reject(new Error("the provider inserts"));
    },
    storedFields: async (upload) => {
      const { items } = await store.records.listRecords(upload.id, { first: 20_000 });
      return items.map((record) => redivis.collections.toFields(upload, record));
    },
  };
}

/** A member of a store's port, for a proxy that stands before it. */
export function memberOf(port: object, name: string | symbol): unknown {
  const member: unknown = Reflect.get(port, name);
  return typeof member === "function" ? (member.bind(port) as unknown) : member;
}

export function failure(status: number, error: string, description: unknown = expect.any(String)) {
  return { status, body: { status, error, error_description: description } };
}

export function bearer(token: string): { readonly authorization: string } {
  return { authorization: `Bearer ${token}` };
}

export function pathOf({ reference: tableReference = reference, upload: uploadName = "events" }: Target): string {
  return buildPath(insertRows.path, { tableReference, uploadName });
}

async function createUpload(store: Store, definition: JsonObject): Promise<Collection> {
  const { collections } = redivis;
  const wanted = collections.toCollection(collections.definition.parse(definition), randomIds);
  const { created, collection } = await store.collections.createCollection({ provider: redivis.id, ...wanted });
  if (!created) throw new Error(`there is an upload ${collection.name} already`);
  onTestFinished(async () => {
    await store.collections.deleteCollection(collection.id);
  });
  return collection;
}
