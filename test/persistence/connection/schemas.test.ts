import { allOf, everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../src/app.js";
import { OperatorError } from "../../../src/core/operator-error.js";
import { type Database, openDatabase, openOn } from "../../../src/persistence/database.js";
import { connectPglite } from "../../../src/persistence/pglite/pglite-connection.js";
import { createPglite } from "../../../src/persistence/pglite/pglite.js";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import {
  administrate,
  createCollection,
  writeAndImport,
  createServerDatabase,
  parts,
  server,
  serverUrl,
  silentLog,
} from "../databases.js";

type Opened = { readonly databases: readonly [Database, Database]; readonly close: () => Promise<void> };

function describeTwoSchemas(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    it("keep collections, records, tasks, claims and credentials apart", async () => {
      const [{ store }, { store: other }] = opened.databases;
      const collection = await createCollection(store);
      const claim = { scope: "s", key: "k", result: null, expiresAt: new Date("2999-01-01") };
      const caller = { principal: "p", scopes: "all", grants: "all" } as const;
      await store.records.upsert({ collection, claim, records: [{ key: "a", fields: {} }] });
      await store.tasks.enqueue({ id: "t", provider: "test", collection, payload: [], totalCount: 0 });
      await store.credentials.saveCredential({ caller, secret: "sesame" });
      await expect(store.records.recordsByKey(collection.id, ["a"])).resolves.toHaveLength(1);
      await expect(other.collections.isNew()).resolves.toBe(true);
      await expect(other.collections.collectionsById(everywhere, [collection.id])).resolves.toEqual([undefined]);
      await expect(other.records.insert({ collection, records: [{ fields: {} }] })).resolves.toBe("stale");
      await expect(other.records.countRecords([collection.id])).resolves.toEqual([0]);
      await expect(other.tasks.listTasks({ visible: allOf("test") }, { first: 5 })).resolves.toMatchObject({
        items: [],
      });
      await expect(other.claims.findClaim("s", "k")).resolves.toBeUndefined();
      await expect(other.credentials.findCaller("test", "sesame", new Date())).resolves.toBeUndefined();
    });

    it("count their numbers apart", async () => {
      const [one, two] = opened.databases;
      const first = await one.store.records.reserveNumbers("rows", 10, 1n);
      expect([
        first,
        await one.store.records.reserveNumbers("rows", 1, 1n),
        await two.store.records.reserveNumbers("rows", 1, 1n),
      ]).toEqual([1n, 11n, 1n]);
    });
  });
}

describeTwoSchemas("two schemas of one embedded database", async () => {
  const pglite = await createPglite();
  const open = (schema: string) =>
    openOn({ ...connectPglite(pglite, { description: schema, schema }), close: async () => undefined }, parts);
  const databases = [await open("one"), await open("Two")] as const;
  return {
    databases,
    close: async () => {
      for (const database of databases) await database.close();
      await pglite.close();
    },
  };
});

describe.skipIf(serverUrl === undefined)("on a server", () => {
  describeTwoSchemas("two schemas of one database", async () => {
    const { url, drop } = await createServerDatabase();
    const open = (schema: string) => openDatabase({ ...parts, url: `${url}?schema=${schema}`, folder: "", server });
    const databases = await Promise.all([open("one"), open("Two")]);
    return {
      databases,
      close: async () => {
        await Promise.all(databases.map((database) => database.close()));
        await drop();
      },
    };
  });

  it("a role that may create nothing and has another search path works in a migrated schema", async () => {
    const { url, drop } = await createServerDatabase();
    const role = `recordgate_test_${randomUUID().replaceAll("-", "")}`;
    await (await openDatabase({ ...parts, url: `${url}?schema=lent`, folder: "", server })).close();
    await administrate(
      `CREATE ROLE ${role} LOGIN; ALTER ROLE ${role} SET search_path TO nowhere; GRANT USAGE ON SCHEMA lent TO ${role};
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA lent TO ${role};
       GRANT USAGE ON ALL SEQUENCES IN SCHEMA lent TO ${role}`,
      url,
    );
    const own = new URL(`${url}?schema=lent`);
    own.username = role;
    const lent = await openDatabase({ ...parts, url: own.href, folder: "", server });
    const { id } = await writeAndImport(lent);
    await expect(lent.store.collections.deleteCollection(id)).resolves.toBe(true);
    await lent.close();
    await administrate(`DROP OWNED BY ${role}; DROP ROLE ${role}`, url);
    await drop();
  });

  it("with pgbouncer=true sessions get no settings, so the server must be in UTC", async () => {
    const { url, drop } = await createServerDatabase();
    const name = new URL(url).pathname.slice(1);
    const pooled = `${url}?pgbouncer=true`;
    await administrate(
      `ALTER DATABASE ${name} SET timezone TO 'Asia/Kolkata'; ALTER DATABASE ${name} SET statement_timeout TO 4711`,
    );
    await expect(connectPostgres(pooled, server, silentLog)).rejects.toThrow(/pgbouncer=true.*UTC/);
    await administrate(
      `ALTER DATABASE ${name} SET timezone TO 'UTC'; ALTER DATABASE ${name} SET default_transaction_isolation TO serializable`,
    );
    await expect(connectPostgres(pooled, server, silentLog)).rejects.toThrow(/pgbouncer=true.*READ COMMITTED/);
    await administrate(`ALTER DATABASE ${name} RESET default_transaction_isolation`);
    const connection = await connectPostgres(pooled, server, silentLog);
    const { rows } = await connection.executeSql("SELECT current_setting('statement_timeout') AS timeout");
    expect(rows).toEqual([{ timeout: "4711ms" }]);
    await connection.close();
    await drop();
  });
});

describe("a DATABASE_URL that is not supported", () => {
  const secret = randomUUID();

  it.each([
    ["?schema=a-b", "schema must be"],
    ["?schema=", "schema must be"],
    ["?schema=a&schema=b", "schema must be given once"],
    ["?pgbouncer=maybe", "pgbouncer must be true or false"],
    [":port", "must be a URL"],
  ])("is a problem of the configuration, whose message does not show it: %s", async (end, problem) => {
    const started = createApp({
      environment: { DATABASE_URL: `postgres://user:${secret}@127.0.0.1${end}`, LOG_LEVEL: "silent" },
    });
    const error = await started.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(OperatorError);
    expect(String(error)).toContain(`DATABASE_URL: ${problem}`);
    expect(String(error)).not.toContain(secret);
  });
});
