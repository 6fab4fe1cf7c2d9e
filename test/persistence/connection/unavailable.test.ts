import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Collection } from "../../../src/core/collection.js";
import { StoreUnavailableError } from "../../../src/core/store.js";
import { type Database, openDatabase } from "../../../src/persistence/database.js";
import { type CuttingProxy, startCuttingProxy } from "./cutting-proxy.js";
import { administrate, createCollection, createServerDatabase, parts, server, serverUrl } from "../databases.js";

async function failureOf(work: Promise<unknown>): Promise<StoreUnavailableError> {
  const failure = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof StoreUnavailableError)) throw new Error("not the expected failure", { cause: failure });
  return failure;
}

it("an address without a server is a failure that does not show the URL", async () => {
  const url = "postgres://someone:secret@127.0.0.1:1/nowhere";
  const failure = await failureOf(
    openDatabase({ ...parts, url, folder: "", server: { ...server, connectTimeoutMs: 100 } }),
  );
  expect(failure).toMatchObject({ outcome: "not-applied" });
  expect(failure.message).toBe(
    "PostgreSQL nowhere at 127.0.0.1:1 cannot be reached: nothing accepts connections there",
  );
});

describe.skipIf(serverUrl === undefined)("writes and reads on a server that fails", () => {
  let proxy: CuttingProxy;
  let database: Database;
  let collection: Collection;
  let dropDatabase: () => Promise<void>;
  beforeAll(async () => {
    const { url, drop } = await createServerDatabase();
    dropDatabase = drop;
    proxy = await startCuttingProxy(url);
    const few = { ...server, poolSize: 2, connectTimeoutMs: 1000, statementTimeoutMs: 1500 };
    database = await openDatabase({ ...parts, url: proxy.url, folder: "", server: few });
    collection = await createCollection(database.store);
  });
  afterAll(async () => {
    await database.close();
    await proxy.close();
    await dropDatabase();
  });

  const secret = "sesame-4711";
  const batch = () => ({ collection, records: [{ key: secret, fields: { secret } }] });
  const count = async () => (await database.store.records.listRecords(collection.id, { first: 1000 })).items.length;

  it("leaves the outcome of an insert open when the connection is lost on the way back", async () => {
    const before = await count();
    proxy.cutAfter('INSERT INTO "public".record');
    const failure = await failureOf(database.store.records.insert(batch()));
    expect(failure.outcome).toBe("unknown");
    expect(failure.message).not.toContain(secret);
    expect(failure.message).not.toMatch(/insert|select|postgres:/i);
    expect(failure.cause).toBeDefined();
    await expect.poll(count).toBe(before + 1);
  });

  it("leaves the outcome of an upsert open when the connection is lost on the way back", async () => {
    const upsert = () => database.store.records.upsert({ collection, records: [{ key: "once", fields: {} }] });
    const stored = () => database.store.records.recordsByKey(collection.id, ["once"]);
    proxy.cutAfter("upsert_records");
    expect((await failureOf(upsert())).outcome).toBe("unknown");
    await expect.poll(stored).toHaveLength(1);
    await expect(upsert()).resolves.toBe("stored");
    await expect(stored()).resolves.toHaveLength(1);
  });

  it("leaves the outcome of an upsert with a claim open only when the connection is lost at COMMIT", async () => {
    const expiresAt = new Date(Date.now() + 60_000);
    const upsert = (key: string) =>
      database.store.records.upsert({ ...batch(), claim: { scope: collection.id, key, result: null, expiresAt } });
    proxy.cutAfter("COMMIT");
    expect((await failureOf(upsert("a"))).outcome).toBe("unknown");
    proxy.cutAfter('DELETE FROM "public".record');
    expect((await failureOf(upsert("b"))).outcome).toBe("not-applied");
    await expect(upsert("b")).resolves.toBe("stored");
  });

  it("leaves the outcome of a large insert open only when the connection is lost at COMMIT", async () => {
    const large = await createCollection(database.store);
    const stored = async () => (await database.store.records.countRecords([large.id]))[0];
    const records = Array.from({ length: 9000 }, (_each, n) => ({ fields: { n, last: n === 8999 ? secret : "" } }));
    const insert = () => database.store.records.insert({ collection: large, records });
    proxy.cutAfter(secret);
    expect((await failureOf(insert())).outcome).toBe("not-applied");
    expect(await stored()).toBe(0);
    proxy.cutAfter("COMMIT");
    expect((await failureOf(insert())).outcome).toBe("unknown");
    await expect.poll(stored).toBe(9000);
    await expect(insert()).resolves.toBe("stored");
  });

  it("has applied nothing when the statement only reads", async () => {
    proxy.cutAfter('FROM "public".record');
    expect((await failureOf(database.store.records.listRecords(collection.id, { first: 1 }))).outcome).toBe(
      "not-applied",
    );
  });

  it("has applied nothing when the statement took too long", async () => {
    const unlock = await lockCollection(collection.id);
    const failures = await Promise.all([
      failureOf(database.store.records.insert(batch())),
      failureOf(database.store.records.upsert(batch())),
    ]);
    expect(failures.map((failure) => failure.outcome)).toEqual(["not-applied", "not-applied"]);
    await unlock();
    await expect(database.store.records.insert(batch())).resolves.toBe("stored");
  });

  it("has applied nothing when no connection became free", async () => {
    const before = await count();
    const unlock = await lockCollection(collection.id);
    const writes = await Promise.allSettled(Array.from({ length: 6 }, () => database.store.records.insert(batch())));
    await unlock();
    const failures = await Promise.all(
      writes.map((write) =>
        failureOf(write.status === "rejected" ? Promise.reject(write.reason as Error) : Promise.resolve()),
      ),
    );
    expect(new Set(failures.map((failure) => failure.outcome))).toEqual(new Set(["not-applied"]));
    expect(await count()).toBe(before);
  });

  it("is used again after its connections were terminated", async () => {
    await count();
    const others = "datname = current_database() AND pid <> pg_backend_pid()";
    await administrate(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`, proxy.url);
    await expect.poll(() => database.isReady()).toBe(true);
    await expect(database.store.records.insert(batch())).resolves.toBe("stored");
  });

  /** Holds a lock that every writer of the collection waits for. */
  async function lockCollection(id: string): Promise<() => Promise<void>> {
    const client = new pg.Client(proxy.url);
    await client.connect();
    await client.query("BEGIN");
    await client.query("SELECT 1 FROM collection WHERE id = $1 FOR UPDATE", [id]);
    return async () => {
      await client.query("ROLLBACK");
      await client.end();
    };
  }
});
