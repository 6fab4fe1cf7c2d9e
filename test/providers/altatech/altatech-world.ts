import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createAuthenticator, type Authorization } from "../../../src/contract/credentials.js";
import type { ContractReply, Transport } from "../../../src/contract/message.js";
import { createRouter } from "../../../src/contract/router.js";
import type { JsonObject, JsonValue } from "../../../src/core/json.js";
import type { Collection } from "../../../src/core/collection.js";
import type { Store } from "../../../src/core/store.js";
import type { Task } from "../../../src/core/task.js";
import { randomIds } from "../../../src/ids.js";
import type { Database } from "../../../src/persistence/database.js";
import { altatech } from "../../../src/providers/altatech/index.js";
import { fillRequest, type LooseRequest } from "../../contract/loose-request.js";
import { openMemory, silentLog } from "../../persistence/databases.js";

const key = "app-000000000000000000000001";
export const tableId = "673af861ed69656ac0895b07";

/** The service over the database of the test file; tasks are worked off when a test says so, tables go with their test. */
export interface AltatechWorld {
  readonly store: Store;
  readonly router: Transport;
  readonly createTable: (definition: JsonObject) => Promise<Collection>;
  readonly send: (request: LooseRequest) => Promise<ContractReply>;
  readonly importRows: (records: readonly JsonValue[]) => Promise<ContractReply>;
  /** Imports, works the task off and answers it. */
  readonly importAndSettle: (records: readonly JsonValue[]) => Promise<Task>;
  readonly settle: (taskId: string) => Promise<void>;
  readonly resultOf: (taskId: string) => Promise<JsonValue | undefined>;
  readonly storedFields: (table: Collection) => Promise<readonly JsonObject[]>;
}

export interface WorldOptions {
  readonly authorization?: Authorization;
  readonly settings?: Readonly<Record<string, number>>;
}

/** Opens the database of a test file. */
export function useWorlds(): (options?: WorldOptions) => AltatechWorld {
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openMemory();
  });
  afterAll(() => database?.close());
  return (options = {}) => {
    if (database === undefined) throw new Error("the database is not open yet");
    return createWorld(database.store, options);
  };
}

function createWorld(store: Store, { authorization = "off", settings = {} }: WorldOptions): AltatechWorld {
  const clock = { now: () => new Date() };
  const router = createRouter({
    endpoints: altatech.createService({ store, clock, ids: randomIds, settings, authorization }),
    authenticator: createAuthenticator({ provider: altatech.id, authorization, credentials: store.credentials, clock }),
    settings,
    clock,
    ids: randomIds,
    log: silentLog,
  });
  const send = (request: LooseRequest): Promise<ContractReply> =>
    router(fillRequest({ ...importRequest, headers: { authorization: `Bearer ${key}` } }, request), AbortSignal.timeout(20_000));
  const settle = (taskId: string): Promise<void> => settleTask(store, taskId);
  const importRows = (records: readonly JsonValue[]): Promise<ContractReply> => send({ body: { table_id: tableId, records } });
  return {
    store,
    router,
    send,
    settle,
    importRows,
    createTable: (definition) => createTable(store, definition),
    importAndSettle: async (records) => {
      const taskId = taskIdOf(await importRows(records));
      await settle(taskId);
      const [task] = await store.tasks.tasksById([taskId]);
      if (task === undefined) throw new Error(`no task ${taskId}`);
      return task;
    },
    resultOf: async (taskId) => {
      const { body } = await send({ method: "GET", path: "/v1/database/query/import-results", query: { ids: taskId }, body: undefined });
      return Array.isArray(body) ? (body[0] as JsonValue) : undefined;
    },
    storedFields: async (table) => {
      const { items } = await store.records.listRecords(table.id, { first: 2000 });
      return items.map((record) => altatech.collections.toFields(table, record));
    },
  };
}

const importRequest = { method: "POST", path: "/v1/database/import/records", query: {}, body: undefined } as const;

export function taskIdOf({ body }: ContractReply): string {
  const id: unknown = typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data) ? body.data[0] : undefined;
  if (typeof id !== "string") throw new Error("the reply has no task id");
  return id;
}

async function createTable(store: Store, definition: JsonObject): Promise<Collection> {
  const { collections } = altatech;
  const wanted = collections.toCollection(collections.definition.parse(definition), randomIds);
  const { collection } = await store.collections.createCollection({ provider: altatech.id, ...wanted });
  onTestFinished(async () => {
    await store.collections.deleteCollection(collection.id);
  });
  return collection;
}

/** What the worker does with a task. */
async function settleTask(store: Store, taskId: string): Promise<void> {
  const { imports } = altatech;
  const pending = await store.tasks.pendingTask(taskId);
  if (imports === undefined || pending === undefined) return;
  const result = imports.process(pending);
  const outcome = await store.tasks.finish(result);
  if (outcome.status === "clash") await store.tasks.finish(imports.clash(pending, result, outcome.values));
}
