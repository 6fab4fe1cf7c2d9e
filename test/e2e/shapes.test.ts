import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { createCollection, errorFields, request, resultOf } from "./graphql-request.js";
import { startProgram } from "./program.js";

const requests = 200;
const definition: JsonObject = {
  milvus: {
    collectionName: "book",
    fields: [
      { name: "book_id", type: "Int64", primary: true },
      { name: "vector", type: "FloatVector", dim: 2 },
    ],
    dynamic: true,
  },
};

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
  await createCollection(program.url, definition);
  for (let sent = 0; sent < requests; sent += 1) {
    expect((await insertByGraphql(program.url, sent))["insertedCount"]).toBe(1);
    expect((await upsertByGraphql(program.url, sent))["upsertedCount"]).toBe(1);
    expect(await insertByRest(program.url, sent)).toBe(0);
  }
  expect(await program.stop("SIGTERM")).toBe(0);
  expect(await sitesOf(await readFile(logFile, "latin1"))).toEqual([]);
}, 120_000);

function record(id: number): JsonObject {
  return { book_id: id, title: `The book of number ${id}`, year: 1800 + (id % 200), vector: [id, 1] };
}

async function insertByGraphql(url: string, id: number) {
  const query = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { ... on InsertRecordsSuccess { insertedCount ids } ${errorFields} } }`;
  const input = { target: { milvus: { collectionName: "book" } }, records: [record(id)] };
  return resultOf(await request(url, query, { input }));
}

async function upsertByGraphql(url: string, id: number) {
  const query = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { ... on UpsertEntitiesSuccess { upsertedCount ids } ${errorFields} } }`;
  const input = { target: { milvus: { collectionName: "book" } }, records: [record(id)] };
  return resultOf(await request(url, query, { input }));
}

async function insertByRest(url: string, id: number): Promise<unknown> {
  const response = await fetch(new URL("/v2/vectordb/entities/insert", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ collectionName: "book", data: [record(requests + id)] }),
  });
  return ((await response.json()) as { readonly code: unknown }).code;
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
