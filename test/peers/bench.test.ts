import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Contest, RunningServer, Stage } from "../bench/contest.js";
import { readOptions } from "../bench/options.js";
import { toRow } from "../bench/report/row.js";
import { sendVerified } from "../bench/send-verified.js";

const run = promisify(execFile);

async function bench(...words: readonly string[]): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "recordgate-bench-test-"));
  const file = join(folder, "rows.json");
  try {
    await run(process.execPath, ["--import", "tsx", "test/bench/main.ts", "--quick", "--json", file, ...words]);
    const rows: unknown = JSON.parse(readFileSync(file, "utf8"));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function rowOf(name: string): unknown {
  const figure: unknown = expect.any(Number);
  const met: unknown = expect.any(Boolean);
  return expect.objectContaining({
    name,
    ours: figure,
    reference: figure,
    ratio: figure,
    must: figure,
    goal: figure,
    met,
  });
}

test(
  "measures rows that need no server, and every response and stored record is as expected",
  { timeout: 300_000 },
  async () => {
    expect(await bench("--only", "pglite-1", "--only", "remote-limit-1000")).toEqual([
      rowOf("pglite-1"),
      rowOf("remote-limit-1000"),
    ]);
  },
);

test.skipIf(process.env["TEST_DATABASE_URL"] === undefined)(
  "measures rows over a PostgreSQL server",
  { timeout: 300_000 },
  async () => {
    expect(await bench("--only", "embedded-1000", "--only", "upsert-1")).toEqual([
      rowOf("embedded-1000"),
      rowOf("upsert-1"),
    ]);
  },
);

test.each([
  [["--only", "embedded-2"], /no row embedded-2; rows: embedded-1, /],
  [["--fast"], /Unknown option '--fast'/],
  [["embedded-1"], /Unexpected argument 'embedded-1'/],
])("refuses %j", (words, message) => {
  expect(() => readOptions(words)).toThrow(message);
});

describe("a wrong result", () => {
  const contender = { work: "insert", open: () => Promise.reject(new Error("it runs already")) } as const;
  const contest: Contest = { measure: "requests", rows: 2, connections: 1, ours: contender, reference: contender };

  function sendTo(stored: readonly number[], fault?: string): Promise<unknown> {
    const counts = [...stored];
    const server: RunningServer = {
      origin: "http://127.0.0.1:1",
      pid: process.pid,
      countRecords: async () => counts.shift() ?? Number.NaN,
      close: async () => undefined,
    };
    const stage: Stage = {
      cluster: () => Promise.reject(new Error("no cluster is needed")),
      load: {
        send: async ({ amount }) => ({
          seconds: 1,
          latencies: Array.from({ length: amount }, () => 1),
          ...(fault !== undefined && { fault }),
        }),
        close: async () => undefined,
      },
    };
    return sendVerified({ server, contender, contest, stage }, 3);
  }

  test("does not fail where every record is stored once", async () => {
    await expect(sendTo([10, 16])).resolves.toMatchObject({ seconds: 1 });
  });

  test("fails where a record is not stored", async () => {
    await expect(sendTo([10, 15])).rejects.toThrow("insert: 15 records are stored, 16 were written");
  });

  test("fails where a response is not a success", async () => {
    await expect(sendTo([10, 16], '200 {"data":null}')).rejects.toThrow('insert: 200 {"data":null}');
  });
});

test("a ratio of times is met from below, one of throughput from above", () => {
  const rounds = (figure: number) => [{ figure, cpuMs: undefined }];
  expect(toRow("embedded-1", { ours: rounds(50), reference: rounds(100) })).toMatchObject({ ratio: 0.5, met: false });
  expect(toRow("embedded-1c", { ours: rounds(50), reference: rounds(100) })).toMatchObject({ ratio: 0.5, met: true });
  expect(toRow("start-pglite", { ours: rounds(350), reference: [] })).toMatchObject({ ratio: null, met: true });
});
