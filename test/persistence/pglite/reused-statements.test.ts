import type { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { readTemplate } from "../../../src/persistence/pglite/database-template.js";
import { createMemoryPglite } from "../../../src/persistence/pglite/pglite.js";

let database: PGlite;
beforeAll(async () => {
  database = await createMemoryPglite(await readTemplate("memory"));
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.exec("DROP TABLE IF EXISTS fruit; CREATE TABLE fruit (id int, name text)");
  await database.exec("INSERT INTO fruit VALUES (1, 'fig'), (2, 'pear'), (3, NULL)");
});

/** What the database keeps of the text. */
async function keptOf(text: string): Promise<{ readonly name: string } | undefined> {
  const { rows } = await database.query<{ readonly name: string }>(
    `SELECT name FROM pg_prepared_statements WHERE statement = '${text}'`,
  );
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0];
}

async function repeat(times: number, work: (time: number) => Promise<unknown>): Promise<void> {
  for (let time = 0; time < times; time += 1) await work(time);
}

test("a text that is sent often is kept, and answers its parameters and columns as before", async () => {
  const text = "SELECT name, id FROM fruit WHERE id = $1";
  await repeat(3, () => database.query(text, [1]));
  expect(await keptOf(text)).toBeUndefined();
  await repeat(20, async (time) => {
    const id = (time % 3) + 1;
    const { rows, fields } = await database.query(text, [id]);
    expect(rows).toEqual([{ name: ["fig", "pear", null][id - 1], id }]);
    expect(fields.map(({ name }) => name)).toEqual(["name", "id"]);
  });
  expect(await keptOf(text)).toBeDefined();
});

test("a statement without columns counts what it affects", async () => {
  await repeat(20, async () =>
    expect(await database.query("UPDATE fruit SET name = $1", ["kiwi"])).toMatchObject({ rows: [], affectedRows: 3 }),
  );
});

test("a plan is made anew after a hundred uses: tables grow", async () => {
  const text = "SELECT count(*) FROM fruit WHERE id > $1";
  await repeat(10, () => database.query(text, [0]));
  const first = await keptOf(text);
  await repeat(100, () => database.query(text, [0]));
  const second = await keptOf(text);
  expect(second).toBeDefined();
  expect(second).not.toEqual(first);
});

test("no more than a hundred are kept, the oldest given up", async () => {
  const textOf = (number: number): string => `SELECT ${number} AS number`;
  await repeat(105, (number) => repeat(5, () => database.query(textOf(number))));
  const { rows } = await database.query("SELECT count(*)::int AS kept FROM pg_prepared_statements");
  expect(rows).toEqual([{ kept: 100 }]);
  expect(await keptOf(textOf(0))).toBeUndefined();
  expect((await database.query(textOf(0))).rows).toEqual([{ number: 0 }]);
});

test("a statement whose columns have changed since is sent anew", async () => {
  const text = "SELECT * FROM fruit WHERE id = $1";
  await repeat(10, () => database.query(text, [2]));
  await database.exec("ALTER TABLE fruit ADD COLUMN ripe boolean DEFAULT true");
  expect((await database.query(text, [2])).rows).toEqual([{ id: 2, name: "pear", ripe: true }]);
});

test("a transaction that meets such a statement fails once by the code that repeats it", async () => {
  const text = "SELECT * FROM fruit WHERE id = $1";
  await repeat(10, () => database.query(text, [2]));
  await database.exec("ALTER TABLE fruit DROP COLUMN name");
  const read = (): Promise<unknown> => database.transaction((transaction) => transaction.query(text, [2]));
  await expect(read()).rejects.toMatchObject({ code: "0A000" });
  expect(await read()).toMatchObject({ rows: [{ id: 2 }] });
});

test("names that the database was told to forget are not relied on", async () => {
  const text = "SELECT name FROM fruit WHERE id = $1";
  await repeat(10, () => database.query(text, [1]));
  await database.exec("DEALLOCATE ALL");
  expect((await database.query(text, [2])).rows).toEqual([{ name: "pear" }]);
});

test("a failed execution is an error of that statement only, and rolls its transaction back", async () => {
  const text = "INSERT INTO fruit (id) SELECT 1 / $1::int";
  await repeat(10, () => database.query(text, [1]));
  await expect(database.query(text, [0])).rejects.toMatchObject({ code: "22012", query: text, params: [0] });
  const write = database.transaction(async (transaction) => {
    await transaction.query(text, [1]);
    await transaction.query(text, [0]);
  });
  await expect(write).rejects.toMatchObject({ code: "22012" });
  expect((await database.query("SELECT count(*)::int AS count FROM fruit")).rows).toEqual([{ count: 13 }]);
});

test("two texts that are sent at the same time do not mix", async () => {
  const answers = Array.from({ length: 40 }, async (_, number) => {
    const name = number % 2 === 0 ? "even" : "odd";
    const { rows } = await database.query(`SELECT $1::int AS ${name}`, [number]);
    expect(rows).toEqual([{ [name]: number }]);
  });
  await Promise.all(answers);
});

test("stated types of parameters are obeyed", async () => {
  const int8 = 20;
  await repeat(20, async (time) => {
    const [type, options] = time % 2 === 0 ? ["bigint", { paramTypes: [int8] }] : ["text", {}];
    const { rows } = await database.query("SELECT pg_typeof(coalesce($1))::text AS type", ["1"], options);
    expect(rows).toEqual([{ type }]);
  });
});
