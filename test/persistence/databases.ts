import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import type { Log } from "../../src/core/log.js";
import type { Collection } from "../../src/core/collection.js";
import type { Store } from "../../src/core/store.js";
import { randomIds } from "../../src/host/system.js";
import { type Database, type DatabaseParts, openDatabase } from "../../src/persistence/database.js";
import { everywhere } from "../service/visible.js";
import { scanLog } from "../scan/scan.js";
import type { ServerOptions } from "../../src/persistence/connection/postgres-connection.js";

/** Prints nothing; the scan of the suite sees its lines. */
export const silentLog: Log = scanLog;

export const parts: DatabaseParts = {
  clock: { now: () => new Date() },
  ids: randomIds,
  log: silentLog,
  tasks: { concurrency: 4, pollMs: 200 },
};

export const server: ServerOptions = { poolSize: 10, connectTimeoutMs: 5000, statementTimeoutMs: 20_000 };

export const serverUrl = process.env["TEST_DATABASE_URL"];

/** A pooler in front of the test server that lends sessions by transaction. */
export const poolerUrl = process.env["TEST_POOLER_URL"];

/** The same database through the pooler. */
export function throughPooler(url: string): string {
  const through = new URL(url);
  const { hostname, port } = new URL(poolerUrl ?? "");
  Object.assign(through, { hostname, port });
  through.searchParams.set("pgbouncer", "true");
  return through.href;
}

/** A new database on the test server. */
export async function createServerDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `recordgate_test_${randomUUID().replaceAll("-", "")}`;
  await administrate(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl ?? "");
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => administrate(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

export async function administrate(sql: string, url = serverUrl): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/**
 * The same suite on the embedded database and, where TEST_DATABASE_URL names one, on a PostgreSQL server, where the
 * search path leads nowhere; through the pooler where there is one.
 */
export function describeOnEachDatabase(name: string, suite: (database: () => Database) => void): void {
  describe(`${name}, embedded`, () =>
    suite(useDatabase(async () => ({ database: await openMemory(), drop: async () => undefined }))));
  describe.skipIf(serverUrl === undefined)(`${name}, on a server`, () =>
    suite(
      useDatabase(async () => {
        const { url: direct, drop } = await createServerDatabase();
        await administrate(`ALTER DATABASE ${new URL(direct).pathname.slice(1)} SET search_path TO nowhere`);
        const own = `${direct}?schema=own`;
        const url = poolerUrl === undefined ? own : throughPooler(own);
        return { database: await openDatabase({ ...parts, url, folder: "", server }), drop };
      }),
    ),
  );
}

export function openMemory(): Promise<Database> {
  return openDatabase({ ...parts, url: "memory:", folder: "", server });
}

export function openFolder(folder: string): Promise<Database> {
  return openDatabase({ ...parts, folder, server });
}

function useDatabase(open: () => Promise<{ database: Database; drop: () => Promise<void> }>): () => Database {
  let opened: { database: Database; drop: () => Promise<void> } | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(async () => {
    await opened?.database.close();
    await opened?.drop();
  });
  return () => {
    if (opened === undefined) throw new Error("the database is not open yet");
    return opened.database;
  };
}

/** A collection that no other test uses. */
export async function createCollection(store: Store, definition: JsonObject = {}): Promise<Collection> {
  const { collection } = await store.collections.createCollection({
    provider: "test",
    space: { name: randomUUID(), definition: {} },
    name: randomUUID(),
    definition,
  });
  return collection;
}

/** Stores a record and carries out an import, and answers their collection. */
export async function writeAndImport({ store, queue }: Database): Promise<Collection> {
  const collection = await createCollection(store);
  expect(await store.records.upsert({ collection, records: [{ key: "a", fields: {} }] })).toBe("stored");
  await store.tasks.enqueue({ id: "t", provider: "test", collection, payload: [], totalCount: 1 });
  const batch = { collection, records: [{ fields: {} }] };
  await queue.start({
    providers: ["test"],
    work: async (taskId) => {
      await store.tasks.finish({ taskId, state: "succeeded", failCount: 0, batch, uniqueValues: [], failures: [] });
    },
  });
  await expect
    .poll(async () => (await store.tasks.tasksById(everywhere, ["t"]))[0]?.state, { timeout: 20_000 })
    .toBe("succeeded");
  return collection;
}
