import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { createCollection, errorFields, readAll, request, resultOf } from "../graphql-request.js";
import { type Program, runProgram, startProgram } from "../program.js";
import { createSmallDisk, type SmallDisk } from "./small-disk.js";

const run = promisify(execFile);

let disk: SmallDisk;
beforeEach(async () => {
  disk = await createSmallDisk(60);
});
afterEach(() => disk.remove());

const environment = () => ({ DATABASE_FOLDER: join(disk.folder, "database") });

const batchSize = 100;

const insert = `mutation ($records: [JSONObject!]!) {
  insertRecords(input: { target: { zilliz: { collectionName: "filler" } }, records: $records }) { __typename ${errorFields} }
}`;

const fields: JsonValue = [
  { name: "id", type: "Int64", primary: true },
  { name: "text", type: "VarChar", maxLength: 8000 },
  { name: "vector", type: "FloatVector", dim: 2 },
];

let nextId = 1;

/** Half a megabyte that cannot be compressed. */
const someRecords = () =>
  Array.from({ length: batchSize }, () => ({ id: nextId++, text: randomBytes(2500).toString("hex"), vector: [0, 1] }));

describe("a disk that is full", () => {
  test("refuses writes, keeps answering, takes writes again when there is room, and keeps what was acknowledged", async () => {
    const program = await start();
    let acknowledged = await fill(program);
    expect(acknowledged).toBeGreaterThan(0);
    await disk.shell(`dd if=/dev/zero of=${disk.folder}/filler bs=1M count=100 2>/dev/null || true`);
    for (let attempt = 0; attempt < 5; attempt++) expect(await write(program)).toMatchObject(refused);
    expect((await fetch(new URL("/health", program.url))).status).toBe(200);
    expect(await countBatches(program)).toBe(acknowledged);
    await disk.remount("size=300m");
    expect(await write(program)).toMatchObject({ __typename: "InsertRecordsSuccess" });
    acknowledged += 1;
    expect(await program.stop("SIGTERM")).toBe(0);
    const again = await start();
    expect(await countBatches(again)).toBe(acknowledged);
    expect(await again.stop("SIGTERM")).toBe(0);
  });

  test("ends a start with one line that says so, and does not harm the database", async () => {
    const program = await start();
    const acknowledged = await fill(program);
    await program.stop("SIGKILL");
    await disk.shell(`dd if=/dev/zero of=${disk.folder}/filler bs=1M count=100 2>/dev/null || true`);
    const { code, output } = await runProgram(environment(), { launcher: disk.launcher });
    expect({ code, output }).toEqual({ code: 1, output: problem("the file system is full") });
    await disk.shell(`rm ${disk.folder}/filler`);
    const again = await start();
    expect(await countBatches(again)).toBe(acknowledged);
    await again.stop("SIGTERM");
  });

  test("ends a first start with one line", async () => {
    await disk.shell(`dd if=/dev/zero of=${disk.folder}/filler bs=1M count=50 2>/dev/null`);
    const { code, output } = await runProgram(environment(), { launcher: disk.launcher });
    expect({ code, output }).toEqual({ code: 1, output: problem("the file system is full") });
  });

  test("is an error of the database, which does not run again, where it was not foreseen", async () => {
    const writer = fileURLToPath(new URL("./full-disk-writer.ts", import.meta.url));
    const [program = "", ...before] = disk.launcher;
    const command = [...before, process.execPath, "--import", "tsx", writer, join(disk.folder, "data")];
    const { stdout } = await run(program, command, { timeout: 100_000 });
    expect(JSON.parse(stdout)).toEqual({ broken: ["ENOSPC"], outcomes: ["DiskError", "DiskError", "DiskError"] });
  });
});

test.each([["before the first start"], ["with a database"]])("a disk that is read-only: %s", async (moment) => {
  if (moment === "with a database") {
    await (await start()).stop("SIGTERM");
  }
  await disk.remount("ro");
  const { code, output } = await runProgram(environment(), { launcher: disk.launcher });
  expect({ code, output }).toEqual({ code: 1, output: problem("the file system is read-only") });
});

function problem(words: string): string {
  return `The database folder ${environment().DATABASE_FOLDER} cannot be opened: ${words}. Set DATABASE_FOLDER.`;
}

const refused = { __typename: "WriteUnavailableError", outcome: "NOT_APPLIED", safeToResend: true };

const start = (): Promise<Program> => startProgram(environment(), { launcher: disk.launcher });

async function write({ url }: Program): Promise<JsonObject> {
  return resultOf(await request(url, insert, { records: someRecords() }));
}

/** The collection of the present disk. */
let collectionId: string;

async function countBatches({ url }: Program): Promise<number> {
  return (await readAll(url, collectionId)).length / batchSize;
}

/** Answers the number of acknowledged batches. */
async function fill(program: Program): Promise<number> {
  collectionId = await createCollection(program.url, { zilliz: { collectionName: "filler", fields } });
  for (let count = 0; count < 100; count++) {
    const answer = await write(program);
    if (answer["__typename"] === "InsertRecordsSuccess") continue;
    expect(answer).toMatchObject(refused);
    return count;
  }
  throw new Error("the disk did not become full");
}
