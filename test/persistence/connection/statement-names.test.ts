import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectPostgres } from "../../../src/persistence/connection/postgres-connection.js";
import { StatementNames } from "../../../src/persistence/connection/statement-names.js";
import { openOn } from "../../../src/persistence/database.js";
import { createCollection, createServerDatabase, parts, server, serverUrl, silentLog } from "../databases.js";

const queryOf = (sql: string, ...args: readonly unknown[]) => ({ sql, args: [...args], argTypes: [] });

describe("names of statements", () => {
  it("are given to a text that is sent often, the same in every process", () => {
    const [names, others] = [new StatementNames(), new StatementNames()];
    const given = Array.from({ length: 10 }, () => names.nameOf(queryOf("SELECT 1", 7)));
    expect(given.slice(0, 7)).toEqual(Array(7).fill(""));
    expect(new Set(given.slice(7)).size).toBe(1);
    expect(given[9]).toMatch(/^recordgate_[\w-]{22}$/);
    const elsewhere = Array.from({ length: 10 }, () => others.nameOf(queryOf("SELECT 1", 7)));
    expect(elsewhere).toEqual(given);
    const different = Array.from({ length: 10 }, () => names.nameOf(queryOf("SELECT 2", 7)));
    expect(different[9]).not.toBe(given[9]);
  });

  it("are not given to a text without parameters, such as BEGIN", () => {
    const names = new StatementNames();
    expect(Array.from({ length: 10 }, () => names.nameOf(queryOf("BEGIN")))).toEqual(Array(10).fill(""));
  });

  it("are bounded: a hundred texts have one, and texts that are sent once are forgotten", () => {
    const names = new StatementNames();
    for (let n = 0; n < 5000; n += 1) names.nameOf(queryOf(`SELECT ${n}`, n));
    const sendOften = (sql: string) => Array.from({ length: 10 }, () => names.nameOf(queryOf(sql, 7))).at(-1);
    const named = Array.from({ length: 120 }, (_each, n) => sendOften(`SELECT 'text ${n}'`));
    expect(named.filter((name) => name !== "")).toHaveLength(100);
    expect(new Set(named).size).toBe(101);
  });
});

describe.skipIf(serverUrl === undefined)("a session that has forgotten the names, on a server", () => {
  let place: Awaited<ReturnType<typeof createServerDatabase>>;
  beforeAll(async () => {
    place = await createServerDatabase();
  });
  afterAll(() => place.drop());

  it("refuses nothing: each statement is sent once more without a name", async () => {
    const connection = await connectPostgres(place.url, { ...server, poolSize: 1 }, silentLog);
    const database = await openOn(connection, parts);
    const { store } = database;
    const countNames = async () =>
      (await connection.executeSql("SELECT count(*)::int AS count FROM pg_prepared_statements")).rows[0]?.["count"];
    const collection = await createCollection(store);
    const insert = (n: number) => store.records.insert({ collection, records: [{ fields: { n } }] });
    const upsert = (n: number) => store.records.upsert({ collection, records: [{ key: "k", fields: { n } }] });
    for (let n = 0; n < 12; n += 1) expect([await insert(n), await upsert(n)]).toEqual(["stored", "stored"]);
    expect(await countNames()).toBeGreaterThan(0);
    // Inside a block, so that the driver does not notice.
    await connection.executeSql("DO $$ BEGIN EXECUTE 'DEALLOCATE ALL'; END $$");
    expect([await upsert(12), await insert(12)]).toEqual(["stored", "stored"]);
    for (let n = 13; n < 25; n += 1) expect([await insert(n), await upsert(n)]).toEqual(["stored", "stored"]);
    expect(await countNames()).toBe(0);
    const { items } = await store.records.listRecords(collection.id, { first: 100 });
    expect(items).toHaveLength(26);
    await database.close();
  });
});
