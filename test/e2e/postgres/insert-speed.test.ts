import pg from "pg";
import { expect, test, vi } from "vitest";
import type { JsonObject } from "../../../src/core/json.js";
import { openTestApp } from "../../service/open-test-app.js";
import { startProgram } from "../program.js";
import { withDatabase } from "./database.js";

const rounds = 5;
/** A process that has just started still compiles what it runs. */
const warmUps = 10;
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

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "text" in value && typeof value.text === "string" && "values" in value;
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

const restBody = JSON.stringify({ collectionName: "speed", data: records });

test("inserts 5,000 small records over HTTP in at most twice the time of the bare statement, through either face", { timeout: 120_000 }, async () => {
  await withDatabase(async (url) => {
    const statement = await captureStatement(url);
    const program = await startProgram({ DATABASE_URL: url });
    const pool = new pg.Pool({ connectionString: url, max: 1 });
    try {
      const mutate = async (): Promise<void> => {
        const response = await fetch(program.url, { method: "POST", headers: { "content-type": "application/json" }, body });
        expect(await response.json()).toEqual({ data: { insertRecords: { insertedCount: 5000 } } });
      };
      const post = async (): Promise<void> => {
        const response = await fetch(new URL("/zilliz/v1/vector/insert", program.url), { method: "POST", body: restBody });
        expect(await response.json()).toMatchObject({ code: 200, data: { insertCount: 5000 } });
      };
      const insert = () => pool.query(statement);
      const times = { mutation: [] as number[], rest: [] as number[], bare: [] as number[] };
      for (let round = 0; round < warmUps + rounds; round += 1) {
        const measured = { mutation: await time(mutate), rest: await time(post), bare: await time(insert) };
        if (round < warmUps) continue;
        for (const name of ["mutation", "rest", "bare"] as const) times[name].push(measured[name]);
      }
      const bare = median(times.bare);
      const ratios = { mutation: median(times.mutation) / bare, rest: median(times.rest) / bare };
      console.log(
        `5,000 records: mutation ${median(times.mutation).toFixed(0)} ms, REST ${median(times.rest).toFixed(0)} ms, bare statement ${bare.toFixed(0)} ms, ` +
          `ratios ${ratios.mutation.toFixed(2)} and ${ratios.rest.toFixed(2)}`,
      );
      expect(ratios.mutation).toBeLessThanOrEqual(2);
      expect(ratios.rest).toBeLessThanOrEqual(2);
    } finally {
      await pool.end();
      await program.stop("SIGTERM");
    }
  });
});

/** The statement that this very insert sends, seen on its way to the server. */
async function captureStatement(url: string): Promise<Statement> {
  const app = await openTestApp({ environment: { DATABASE_URL: url } });
  const query = vi.spyOn(pg.Client.prototype, "query");
  try {
    await app.manageCollections.create("zilliz", definition);
    await app.fetch("/graphql", { method: "POST", headers: { "content-type": "application/json" }, body });
    const sent: readonly unknown[] = query.mock.calls.map(([statement]) => statement);
    const found = sent.filter(isStatement).find(({ text }) => text.includes("INSERT INTO record"));
    if (found === undefined) throw new Error("no insert was sent");
    return { text: found.text, values: found.values };
  } finally {
    query.mockRestore();
    await app.close();
  }
}
