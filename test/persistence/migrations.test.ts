import type { MigrationList } from "@prisma/schema-engine-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/persistence/connection.js";
import { openDatabase } from "../../src/persistence/database.js";
import { readMigrations } from "../../src/persistence/migration-files.js";
import { applyMigrations } from "../../src/persistence/migrations.js";
import { connectPglite } from "../../src/persistence/pglite-connection.js";
import { createPglite } from "../../src/persistence/pglite.js";
import { connectPostgres } from "../../src/persistence/postgres-connection.js";
import { administrate, createCollection, createServerDatabase, parts, server, serverUrl } from "./databases.js";

async function withMigration(name: string, sql: string): Promise<MigrationList> {
  const list = await readMigrations();
  const added = { path: name, migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } } };
  return { ...list, migrationDirectories: [...list.migrationDirectories, added] };
}

async function rowsOf(connection: Connection, sql: string): Promise<unknown> {
  return (await connection.executeSql(sql)).rows;
}

const applied = "SELECT migration_name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS undone FROM _prisma_migrations ORDER BY started_at, undone DESC";

function describeMigrations(name: string, open: () => Promise<{ connection: Connection; drop: () => Promise<void> }>): void {
  describe(name, () => {
    let connection: Connection;
    let drop: () => Promise<void>;
    beforeAll(async () => ({ connection, drop } = await open()));
    afterAll(async () => {
      await connection.close();
      await drop();
    });

    it("bring an empty database to the newest, once, and note it as prisma migrate does", async () => {
      await applyMigrations(connection);
      await applyMigrations(connection);
      const names = (await readMigrations()).migrationDirectories.map((migration) => migration.path);
      expect(await rowsOf(connection, applied)).toEqual(names.map((each) => ({ migration_name: each, finished: true, undone: false })));
      expect(await rowsOf(connection, "SELECT attstorage FROM pg_attribute WHERE attrelid = 'record'::regclass AND attname = 'vectors'")).toEqual([{ attstorage: "e" }]);
    });

    it("are applied whole or not at all, and tried again after they failed", async () => {
      const name = "29990101000000_semicolons";
      const sql = (end: string) => `CREATE TABLE one (a text DEFAULT 'x;y');\nINSERT INTO one DEFAULT VALUES; -- a comment; with a semicolon\n${end}`;
      await expect(applyMigrations(connection, await withMigration(name, sql("SELECT 1 / 0;")))).rejects.toThrow();
      expect(await rowsOf(connection, "SELECT to_regclass('one') AS found")).toEqual([{ found: null }]);
      await applyMigrations(connection, await withMigration(name, sql("")));
      expect(await rowsOf(connection, "SELECT a FROM one")).toEqual([{ a: "x;y" }]);
      const tried = [{ migration_name: name, undone: true }, { migration_name: name, finished: true, undone: false }];
      expect((await connection.executeSql(applied)).rows.slice(-2)).toMatchObject(tried);
    });
  });
}

describeMigrations("migrations, embedded", async () => ({ connection: connectPglite(await createPglite(), { description: "test" }), drop: async () => undefined }));

describe.skipIf(serverUrl === undefined)("on a server", () => {
  describeMigrations("migrations", async () => {
    const { url, drop } = await createServerDatabase();
    return { connection: await connectPostgres(url, server, () => undefined), drop };
  });

  it("several programs start at once on an empty database", async () => {
    const { url, drop } = await createServerDatabase();
    const databases = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ ...parts, url, folder: "", server })));
    await Promise.all(databases.map(({ store }) => createCollection(store)));
    const [first] = databases;
    expect((await first?.store.collections.listCollections({ providers: ["test"] }, { first: 10 }))?.items).toHaveLength(4);
    expect(first?.description).toMatch(/^PostgreSQL recordgate_test_\w+ at 127\.0\.0\.1:\d+$/);
    await Promise.all(databases.map((database) => database.close()));
    await drop();
  });

  it("times are right although the server lives in another time zone", async () => {
    const { url, drop } = await createServerDatabase();
    await administrate(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone TO 'Asia/Kolkata'`);
    const now = new Date("2030-06-01T12:34:56.789Z");
    const database = await openDatabase({ ...parts, clock: { now: () => now }, url, folder: "", server });
    const collection = await createCollection(database.store);
    await database.store.records.insert({ collection, records: [{ fields: {} }] });
    await database.store.tasks.enqueue({ id: "t", provider: "test", collection, payload: [], totalCount: 0 });
    const [record] = (await database.store.records.listRecords(collection.id, { first: 1 })).items;
    const [task] = await database.store.tasks.tasksById(["t"]);
    expect([collection.createdAt, record?.insertedAt, task?.createdAt]).toEqual([now, now, now]);
    await database.close();
    await drop();
  });
});
