import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../../src/persistence/database.js";
import { keyLocksOf, wholeBucket } from "../../../src/persistence/stores/key-locks.js";
import { administrate, createCollection, createServerDatabase, parts, server, serverUrl } from "../databases.js";

describe.skipIf(serverUrl === undefined)("an upsert that waits for its keys, on a server", () => {
  let database: Database;
  let other: pg.Client;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const created = await createServerDatabase();
    drop = created.drop;
    // The program tells its sessions another.
    await administrate(
      `ALTER DATABASE ${new URL(created.url).pathname.slice(1)} SET default_transaction_isolation TO 'repeatable read'`,
    );
    database = await openDatabase({ ...parts, url: created.url, folder: "", server });
    other = new pg.Client(created.url);
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    await database.close();
    await drop();
  });

  const expiresAt = new Date(Date.now() + 60_000);
  const forms = [
    ["alone", 1, {}],
    ["of a large batch", 200, {}],
    ["with a claim", 1, { claim: { scope: "test", key: randomUUID(), result: null, expiresAt } }],
  ] as const;

  it.each(forms)("%s replaces a record that is committed while it waits", async (_form, count, more) => {
    const { records } = database.store;
    const collection = await createCollection(database.store);
    const keys = Array.from({ length: count }, (_each, index) => `key ${index}`);
    const [key = ""] = keys;
    const { collection: lock, buckets } = keyLocksOf(collection.id, [key]);
    await other.query("BEGIN");
    await other.query("SELECT pg_advisory_xact_lock_shared($1, $2)", [lock, wholeBucket]);
    await other.query("SELECT pg_advisory_xact_lock($1, bucket) FROM unnest($2::int[]) AS bucket", [lock, buckets]);
    await other.query(
      "INSERT INTO record (collection_id, key, fields, version, inserted_at) VALUES ($1, $2, '{}', 1, now())",
      [collection.id, key],
    );
    const upsert = records.upsert({
      collection,
      records: keys.map((each) => ({ key: each, fields: { new: true } })),
      ...more,
    });
    const waiting =
      "SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND classid::int8 = $1";
    const countWaiting = async () => (await other.query<{ readonly n: number }>(waiting, [lock >>> 0])).rows[0]?.n;
    await expect.poll(countWaiting).toBe(1);
    await other.query("COMMIT");
    await expect(upsert).resolves.toBe("stored");
    const { items } = await records.listRecords(collection.id, { first: 1000 });
    expect(items.map((record) => record.key)).toEqual(keys);
    expect(items.every(({ fields }) => fields["new"] === true)).toBe(true);
  });
});
