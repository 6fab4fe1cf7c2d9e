import { allOf, everywhere } from "../../service/visible.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSchemaEngine, toMigrationList } from "../../../scripts/schema-engine.js";
import type { Connection } from "../../../src/persistence/connection/connection.js";
import { openDatabase } from "../../../src/persistence/database.js";
import { readTemplate, templateName } from "../../../src/persistence/pglite/database-template.js";
import { readMigrations, type Migration } from "../../../src/persistence/migrations/migration-files.js";
import { applyMigrations } from "../../../src/persistence/migrations/migrations.js";
import { connectPglite } from "../../../src/persistence/pglite/pglite-connection.js";
import { createMemoryPglite } from "../../../src/persistence/pglite/pglite.js";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import { createEmptyPglite, readCatalogue } from "./catalogue.js";
import {
  administrate,
  createCollection,
  createServerDatabase,
  parts,
  server,
  serverUrl,
  silentLog,
} from "../databases.js";

const log = silentLog;

async function withMigration(name: string, script: string): Promise<readonly Migration[]> {
  return [...(await readMigrations()), { name, script }];
}

async function rowsOf(connection: Connection, sql: string): Promise<unknown> {
  return (await connection.executeSql(sql)).rows;
}

/** The log lines of applying migrations. */
async function logOf(connection: Connection, migrations: readonly Migration[]): Promise<readonly object[]> {
  const lines: object[] = [];
  await applyMigrations(connection, { log: { ...silentLog, warn: (details) => void lines.push(details) }, migrations });
  return lines;
}

const applied = `
  SELECT migration_name, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS undone
  FROM _prisma_migrations ORDER BY started_at`;

function describeMigrations(
  name: string,
  open: () => Promise<{ connection: Connection; drop: () => Promise<void> }>,
): void {
  describe(name, () => {
    let connection: Connection;
    let drop: () => Promise<void>;
    beforeAll(async () => ({ connection, drop } = await open()));
    afterAll(async () => {
      await connection.close();
      await drop();
    });

    it("refuse a schema that has tables of another program, and leave it as it is", async () => {
      await connection.executeSql("CREATE TABLE theirs (a int)");
      await expect(applyMigrations(connection, { log })).rejects.toThrow(
        /schema public has tables that this program has not created, such as theirs/,
      );
      expect(
        await rowsOf(connection, "SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'"),
      ).toEqual([{ tables: 1 }]);
      await connection.executeSql("DROP TABLE theirs");
    });

    it("bring an empty database to the newest, once, and record it as prisma migrate does", async () => {
      await applyMigrations(connection, { log });
      await applyMigrations(connection, { log });
      const names = (await readMigrations()).map((migration) => migration.name);
      expect(await rowsOf(connection, applied)).toEqual(
        names.map((each) => ({ migration_name: each, finished: true, undone: false })),
      );
      expect(
        await rowsOf(
          connection,
          "SELECT attstorage FROM pg_attribute WHERE attrelid = 'record'::regclass AND attname = 'vectors'",
        ),
      ).toEqual([{ attstorage: "e" }]);
    });

    it("are applied whole or not at all, and tried again after they failed", async () => {
      const name = "29990101000000_semicolons";
      const script = (end: string) =>
        `CREATE TABLE one (a text DEFAULT 'x;y');\nINSERT INTO one DEFAULT VALUES; -- a comment; with one\n${end}`;
      await expect(
        applyMigrations(connection, { log, migrations: await withMigration(name, script("SELECT 1 / 0;")) }),
      ).rejects.toThrow(`The migration ${name} failed and has left nothing behind: division by zero (22012)`);
      expect(await rowsOf(connection, "SELECT to_regclass('one') AS found")).toEqual([{ found: null }]);
      await applyMigrations(connection, { log, migrations: await withMigration(name, script("")) });
      expect(await rowsOf(connection, "SELECT a FROM one")).toEqual([{ a: "x;y" }]);
      const tried = [
        { migration_name: name, finished: false, undone: true },
        { migration_name: name, finished: true, undone: false },
      ];
      expect((await connection.executeSql(applied)).rows.slice(-2)).toEqual(tried);
      expect(await rowsOf(connection, "SELECT logs FROM _prisma_migrations WHERE rolled_back_at IS NOT NULL")).toEqual([
        { logs: "division by zero" },
      ]);
    });

    it("are applied again when an attempt of another program has no end", async () => {
      const name = "29990201000000_unfinished";
      await connection.executeSql(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('1', 'x', '${name}')`,
      );
      await applyMigrations(connection, { log, migrations: await withMigration(name, "CREATE TABLE two (a int)") });
      expect((await connection.executeSql(applied)).rows.slice(-2)).toEqual([
        { migration_name: name, finished: false, undone: true },
        { migration_name: name, finished: true, undone: false },
      ]);
      expect(await rowsOf(connection, "SELECT count(*)::int AS count FROM two")).toEqual([{ count: 0 }]);
    });

    it("are logged as a warning and left unchanged when the program does not have them", async () => {
      const [first, ...rest] = await readMigrations();
      if (first === undefined) throw new Error("there are no migrations");
      const theirs = ["29990101000000_semicolons", "29990201000000_unfinished"];
      expect(await logOf(connection, [{ ...first, script: first.script.replaceAll("\n", "\r\n") }, ...rest])).toEqual([
        { unknown: theirs },
      ]);
      expect(await logOf(connection, [{ ...first, script: "SELECT 1 / 0" }, ...rest])).toEqual([
        { changed: [first.name] },
        { unknown: theirs },
      ]);
    });
  });
}

describeMigrations("migrations, embedded", async () => {
  return { connection: connectPglite(await createEmptyPglite(), { description: "test" }), drop: async () => undefined };
});

describe("a database", () => {
  it("is the same from the template, from the program and from Prisma's engine, history included", async () => {
    const migrations = await readMigrations();
    const [byProgram, byEngine] = [await createEmptyPglite(), await createEmptyPglite()];
    await applyMigrations(connectPglite(byProgram, { description: "test" }), { log });
    const engine = await openSchemaEngine(byEngine);
    const filters = { externalTables: [], externalEnums: [] };
    await engine.applyMigrations({ migrationsList: await toMigrationList(migrations), filters });
    engine.free();
    const template = await createMemoryPglite(await readTemplate("folder"));
    const expected = await readCatalogue(byEngine);
    expect(expected["history"]).toHaveLength(migrations.length);
    expect(await readCatalogue(byProgram)).toEqual(expected);
    expect(await readCatalogue(template)).toEqual(expected);
    await Promise.all([byProgram, byEngine, template].map((database) => database.close()));
  });

  it("that Prisma's engine began is finished by the program, after which the engine has nothing to do", async () => {
    const migrations = await readMigrations();
    const database = await createEmptyPglite();
    const engine = await openSchemaEngine(database);
    const filters = { externalTables: [], externalEnums: [] };
    await engine.applyMigrations({ migrationsList: await toMigrationList(migrations.slice(0, 1)), filters });
    await applyMigrations(connectPglite(database, { description: "test" }), { log });
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: await toMigrationList(migrations),
      filters,
    });
    expect(appliedMigrationNames).toEqual([]);
    engine.free();
    await database.close();
  });

  it("has another template for other migrations", async () => {
    const names = [
      await templateName(await readMigrations()),
      await templateName(await withMigration("29990101000000_more", "")),
    ];
    expect(new Set(names).size).toBe(2);
  });
});

describe.skipIf(serverUrl === undefined)("on a server", () => {
  describeMigrations("migrations", async () => {
    const { url, drop } = await createServerDatabase();
    return { connection: await connectPostgres(url, server, silentLog), drop };
  });

  it("several programs start at once on an empty database", async () => {
    const { url, drop } = await createServerDatabase();
    const databases = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ ...parts, url, folder: "", server })),
    );
    await Promise.all(databases.map(({ store }) => createCollection(store)));
    const [first] = databases;
    expect(
      (await first?.store.collections.listCollections({ visible: allOf("test") }, { first: 10 }))?.items,
    ).toHaveLength(4);
    expect(first?.description).toMatch(/^PostgreSQL recordgate_test_\w+ at 127\.0\.0\.1:\d+$/);
    await Promise.all(databases.map((database) => database.close()));
    const connection = await connectPostgres(url, server, silentLog);
    const names = (await readMigrations()).map((migration) => migration.name);
    expect(await rowsOf(connection, applied)).toEqual(
      names.map((each) => ({ migration_name: each, finished: true, undone: false })),
    );
    await connection.close();
    await drop();
  });

  it("a start waits for another program's migration lock, logs this, and gives up in time", async () => {
    const { url, drop } = await createServerDatabase();
    const [holder, connection] = [
      await connectPostgres(url, server, silentLog),
      await connectPostgres(url, server, silentLog),
    ];
    const lines: string[] = [];
    const options = { log: { ...silentLog, info: (_details: object, message: string) => void lines.push(message) } };
    let release: (value: unknown) => void = () => undefined;
    const held = new Promise((resolve) => (release = resolve));
    const holding = holder.exclusively({ log, waitMs: 0 }, async () => {
      await expect(applyMigrations(connection, { ...options, waitMs: 50 })).rejects.toThrow(
        /the session \d+ \("recordgate"\) held the advisory lock 72707369/,
      );
      await held;
    });
    await expect.poll(() => lines).toEqual(["waiting for another program that migrates the database"]);
    const waiting = applyMigrations(connection, options);
    await expect.poll(() => lines).toHaveLength(2);
    release(undefined);
    await Promise.all([holding, waiting]);
    expect(await rowsOf(connection, "SELECT count(*)::int AS rows FROM _prisma_migrations")).toEqual([
      { rows: (await readMigrations()).length },
    ]);
    await Promise.all([holder.close(), connection.close()]);
    await drop();
  });

  it("times are right although the server is in another time zone", async () => {
    const { url, drop } = await createServerDatabase();
    await administrate(`ALTER DATABASE ${new URL(url).pathname.slice(1)} SET timezone TO 'Asia/Kolkata'`);
    const now = new Date("2030-06-01T12:34:56.789Z");
    const database = await openDatabase({ ...parts, clock: { now: () => now }, url, folder: "", server });
    const collection = await createCollection(database.store);
    await database.store.records.insert({ collection, records: [{ fields: {} }] });
    await database.store.tasks.enqueue({ id: "t", provider: "test", collection, payload: [], totalCount: 0 });
    const [record] = (await database.store.records.listRecords(collection.id, { first: 1 })).items;
    const [task] = await database.store.tasks.tasksById(everywhere, ["t"]);
    expect([collection.createdAt, record?.insertedAt, task?.createdAt]).toEqual([now, now, now]);
    await database.close();
    await drop();
  });
});
