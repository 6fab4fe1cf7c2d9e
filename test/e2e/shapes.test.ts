import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { toBookCollection } from "../bench/load/books.js";
import { type Work, works } from "../bench/load/works.js";
import { createCollection } from "./graphql-request.js";
import { startProgram } from "./program.js";

const requests = 200;
const sent = [works.insert, works.upsert, works.restInsert];

let folder: string;
let logFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-shapes-"));
  logFile = join(folder, "v8.log");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

// Node 20 makes one for each object that gets a member behind a spread, and every access to it misses its cache.
test("no write makes a shape of its own", async () => {
  const flags = ["--log-maps", "--no-log-maps-details", "--no-logfile-per-isolate", `--logfile=${logFile}`];
  const program = await startProgram({ DATABASE_URL: "memory:" }, { flags });
  await createCollection(program.url, { milvus: toBookCollection(2) });
  for (let id = 1; id <= requests; id += 1) for (const work of sent) expect(await write(program.url, work, id)).toBe(1);
  expect(await program.stop("SIGTERM")).toBe(0);
  expect(await sitesOf(await readFile(logFile, "latin1"))).toEqual([]);
}, 120_000);

/** @returns the number of records that the answer says are written */
async function write(url: string, { path, createRecords, toBody, readCount }: Work, id: number): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(toBody(createRecords(id, 1))),
  });
  return readCount((await response.json()) as JsonObject);
}

/** Where the bundle made a shape about once a request, as line, column and name of the member. */
async function sitesOf(log: string): Promise<readonly string[]> {
  const counts = new Map<string, number>();
  for (const line of log.split("\n")) {
    const [event, kind, , , , , row, column, , name] = line.split(",");
    if (event !== "map" || kind !== "Transition") continue;
    const site = `${row}:${column} ${name}`;
    counts.set(site, (counts.get(site) ?? 0) + 1);
  }
  const often = [...counts].filter(([, count]) => count > requests / 2).map(([site]) => site);
  const files = (await readdir("dist", { recursive: true })).filter((file) => /^(?:chunks\/)?[^/]+\.js$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join("dist", file), "utf8")));
  const lines = texts.map((text) => text.split("\n"));
  return often.filter((site) => lines.some((list) => isIn(list, site)));
}

/** The log does not name the file; packages beside the bundle have other lines. */
function isIn(lines: readonly string[], site: string): boolean {
  const [, row = 0, column = 0, name = ""] = /^(\d+):(\d+) (.+)$/.exec(site) ?? [];
  const line = lines[Number(row) - 1] ?? "";
  return line.length >= Number(column) && line.includes(name);
}
