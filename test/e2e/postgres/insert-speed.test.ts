import pg from "pg";
import { expect, test } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { createTestApp } from "../../../src/test-app.js";
import { withDatabase } from "./database.js";

const rounds = 5;
const definition: JsonObject = {
  collectionName: "speed",
  fields: [
    { name: "id", type: "Int64", primary: true },
    { name: "title", type: "VarChar", maxLength: 64 },
    { name: "vector", type: "FloatVector", dim: 2 },
  ],
};
const records = Array.from({ length: 5000 }, (_, id) => ({ id, title: `record ${id}`, vector: [id / 7, 0.5] }));
const body = JSON.stringify({
  query: "mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { ... on InsertRecordsSuccess { insertedCount } } }",
  variables: { input: { target: { zilliz: { collectionName: "speed" } }, records } },
});

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** The statement that an insert sends, seen on its way to the server. */
async function captureInsert(insert: () => Promise<void>): Promise<Statement> {
  const seen: Statement[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
    const [statement] = args as readonly unknown[];
    if (typeof statement === "object" && statement !== null && "text" in statement && "values" in statement) seen.push(statement as Statement);
    return query.apply(this, args);
  } as typeof query;
  try {
    await insert();
  } finally {
    pg.Client.prototype.query = query;
  }
  const found = seen.find(({ text }) => text.includes("INSERT INTO record"));
  if (found === undefined) throw new Error("no insert was sent");
  return { text: found.text, values: found.values };
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

test("inserts 5,000 small records over HTTP in at most twice the time of the bare statement", { timeout: 120_000 }, async () => {
  await withDatabase(async (url) => {
    const app = await createTestApp({ environment: { DATABASE_URL: url } });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    try {
      await app.manageCollections.create("zilliz", definition);
      const mutate = async (): Promise<void> => {
        const response = await app.fetch("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body });
        expect(await response.json()).toEqual({ data: { insertRecords: { insertedCount: 5000 } } });
      };
      const statement = await captureInsert(mutate);
      await pool.query(statement);
      const whole: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        whole.push(await time(mutate));
        bare.push(await time(() => pool.query(statement)));
      }
      const ratio = median(whole) / median(bare);
      console.log(`5,000 records: mutation ${median(whole).toFixed(0)} ms, bare statement ${median(bare).toFixed(0)} ms, ratio ${ratio.toFixed(2)}`);
      expect(ratio).toBeLessThanOrEqual(2);
    } finally {
      await pool.end();
      await app.close();
    }
  });
});
