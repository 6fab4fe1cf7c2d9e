import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../../src/persistence/connection/connection.js";
import { connectMemory } from "../../../src/persistence/pglite/memory-connection.js";
import { PrismaClient } from "../../../src/persistence/generated/client.js";
import { createCollection, openMemory } from "../databases.js";

describe("databases in memory of one process", () => {
  it("share nothing, and end one by one", async () => {
    const [one, two] = await Promise.all([openMemory(), openMemory()]);
    const collection = await createCollection(one.store);
    await one.store.records.insert({ collection, records: [{ fields: { n: 1 } }] });
    await expect(two.store.collections.isNew()).resolves.toBe(true);
    await one.close();
    await expect(one.isReady()).resolves.toBe(false);
    await expect(one.store.records.countRecords([collection.id])).rejects.toMatchObject({
      name: "StoreUnavailableError",
    });
    await expect(two.isReady()).resolves.toBe(true);
    await expect(createCollection(two.store)).resolves.toMatchObject({ version: 1 });
    await two.close();
    const three = await openMemory();
    await expect(three.store.collections.isNew()).resolves.toBe(true);
    await three.close();
  });

  it("give a schema to one program at a time, also when it was closed twice", async () => {
    const closedTwice = await connectMemory();
    await closedTwice.close();
    await closedTwice.close();
    const connections: Connection[] = [];
    for (let index = 0; index < 8; index += 1) connections.push(await connectMemory());
    expect(new Set(connections.map(({ schema }) => schema)).size).toBe(connections.length);
    for (const connection of connections) await connection.close();
  });
});

it("a schema in which others have made tables is not given to the next program", async () => {
  const connection = await connectMemory();
  const { schema } = connection;
  await connection.executeSql(`CREATE SCHEMA IF NOT EXISTS ${schema}; CREATE TABLE ${schema}.guests (name text)`);
  await connection.close();
  const next = await openMemory();
  await expect(next.store.collections.isNew()).resolves.toBe(true);
  await next.close();
});

describe("a transaction in one of them", () => {
  let connections: readonly [Connection, Connection];
  let clients: readonly [PrismaClient, PrismaClient];
  beforeAll(async () => {
    connections = [await connectMemory(), await connectMemory()];
    const [one, two] = connections;
    clients = [new PrismaClient({ adapter: one.adapters }), new PrismaClient({ adapter: two.adapters })];
    for (const { executeSql, schema } of connections)
      await executeSql(`CREATE SCHEMA IF NOT EXISTS ${schema}; CREATE TABLE ${schema}.steps (name text)`);
  });
  afterAll(async () => {
    for (const client of clients) await client.$disconnect();
    for (const connection of connections) await connection.close();
  });

  it("keeps the other's statements waiting, so that undoing it undoes none of theirs", async () => {
    const [one, two] = clients;
    const [first, second] = connections.map(({ schema }) => schema);
    let began: (value: unknown) => void = () => undefined;
    const beginning = new Promise((resolve) => (began = resolve));
    let finish: (value: unknown) => void = () => undefined;
    const finishing = new Promise((resolve) => (finish = resolve));
    const order: string[] = [];
    const transaction = one.$transaction(async (statements) => {
      await statements.$executeRawUnsafe(`INSERT INTO ${first}.steps VALUES ('undone')`);
      began(undefined);
      await finishing;
      await statements.$executeRawUnsafe(`INSERT INTO ${first}.steps VALUES ('undone too')`);
      order.push("transaction");
      throw new Error("changed my mind");
    });
    await beginning;
    const statement = two
      .$executeRawUnsafe(`INSERT INTO ${second}.steps VALUES ('kept')`)
      .then(() => void order.push("statement"));
    // Long enough for the statement to run if nothing blocks it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    finish(undefined);
    await expect(transaction).rejects.toThrow("changed my mind");
    await statement;
    expect(order).toEqual(["transaction", "statement"]);
    expect(
      await two.$queryRawUnsafe(`SELECT name FROM ${first}.steps UNION ALL SELECT name FROM ${second}.steps`),
    ).toEqual([{ name: "kept" }]);
  });

  it("takes its turn among the other's, so that many of both end", async () => {
    const [, second] = connections.map(({ schema }) => schema);
    const counts = await Promise.all(
      clients.flatMap((client) =>
        Array.from({ length: 20 }, () =>
          client.$transaction(
            async (statements) => {
              const read = () =>
                statements.$queryRawUnsafe<readonly { readonly count: number }[]>(
                  `SELECT count(*)::int AS count FROM ${second}.steps`,
                );
              const [before] = await read();
              await statements.$executeRawUnsafe(`INSERT INTO ${second}.steps VALUES ('counted')`);
              const [after] = await read();
              return (after?.count ?? 0) - (before?.count ?? 0);
            },
            { maxWait: 60_000, timeout: 60_000 },
          ),
        ),
      ),
    );
    expect(counts).toEqual(Array.from({ length: 40 }, () => 1));
  });
});
