import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "../../../src/persistence/database.js";
import {
  administrate,
  createCollection,
  createServerDatabase,
  parts,
  poolerUrl,
  server,
  throughPooler,
} from "../databases.js";

describe.skipIf(poolerUrl === undefined)("a pooler that lends sessions by transaction, on a server", () => {
  let direct: string;
  let url: string;
  let drop: () => Promise<void>;
  beforeEach(async () => {
    ({ url: direct, drop } = await createServerDatabase());
    url = throughPooler(direct);
  });
  afterEach(() => drop());

  const open = () => openDatabase({ ...parts, url, folder: "", server });

  async function query(place: string, sql: string): Promise<readonly unknown[]> {
    const client = new pg.Client(place);
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    await client.end();
    return rows;
  }

  const sessions = "datname = current_database() AND pid <> pg_backend_pid()";

  it("starts several programs at once, and leaves no lock, setting, statement or listener behind", async () => {
    const databases = await Promise.all([open(), open(), open()]);
    for (const { store } of databases) {
      const collection = await createCollection(store);
      // Often enough for a name.
      for (let n = 0; n < 12; n += 1)
        await store.records.upsert({ collection, records: [{ key: "a", fields: { n } }] });
    }
    const locks = `SELECT * FROM pg_locks WHERE locktype = 'advisory' AND database =
      (SELECT oid FROM pg_database WHERE datname = current_database())`;
    expect(await query(direct, locks)).toEqual([]);
    const [pooled] = await query(direct, `SELECT count(*)::int AS count FROM pg_stat_activity WHERE ${sessions}`);
    expect((pooled as { count: number }).count).toBeGreaterThan(0);
    // The sessions of other clients are those that the programs used.
    const seen = `SELECT current_setting('statement_timeout') AS statement_timeout, current_setting('TimeZone') AS zone,
      current_setting('idle_in_transaction_session_timeout') AS idle_timeout, current_setting('lock_timeout') AS lock,
      (SELECT count(*)::int FROM pg_prepared_statements) AS statements,
      (SELECT count(*)::int FROM pg_listening_channels()) AS channels`;
    const fresh = await query(direct, seen);
    const others = await Promise.all([url, url, url, url].map((place) => query(place, seen)));
    expect(others).toEqual(others.map(() => fresh));
    await Promise.all(databases.map((database) => database.close()));
  });

  it("is found out when the URL does not name it, before any setting reaches its other clients", async () => {
    const hidden = url.replace("pgbouncer=true", "schema=own");
    await expect(openDatabase({ ...parts, url: hidden, folder: "", server })).rejects.toThrow(
      "DATABASE_URL: a pooler in front of the server lends sessions by transaction; add pgbouncer=true",
    );
    const seen = "SELECT current_setting('statement_timeout') AS statement_timeout";
    expect(await query(url, seen)).toEqual(await query(direct, seen));
  });

  it("is not taken for one that lends sessions for as long as a client stays", async () => {
    const place = new URL(throughPooler(direct));
    place.pathname = "/by_session";
    place.search = `?schema=by_session_${randomUUID().replaceAll("-", "")}`;
    await (await openDatabase({ ...parts, url: place.href, folder: "", server })).close();
    await administrate(`DROP SCHEMA ${place.searchParams.get("schema")} CASCADE`);
  });

  it("does not keep the migration lock of a program that was killed while it held it", async () => {
    const holder = new pg.Client(url);
    holder.on("error", () => undefined);
    await holder.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT pg_advisory_xact_lock(72707369)");
    const told: string[] = [];
    const log = { ...parts.log, info: (_details: object, message: string) => void told.push(message) };
    const opening = openDatabase({ ...parts, log, url, folder: "", server });
    await expect.poll(() => told).toContain("waiting for another program that migrates the database");
    // As the kernel does for a process that is killed.
    (holder as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    await (await opening).close();
    await (await open()).close();
  });
});
