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

  test("starts by npm start, on a new folder and on the same again", async () => {
    for (const time of ["first", "second"]) expect([time, await startByScript(environment())]).toEqual([time, 0]);
  });

  test("prints every problem of the configuration at once and exits with 1", async () => {
    const { code, output } = await runProgram({
      PORT: "eighty",
      DATABASE_URL: "mysql://root:hunter2@host/db",
      MILVUS_BASE_URL: "nowhere",
    });
    expect(code).toBe(1);
    for (const name of ["PORT", "DATABASE_URL", "MILVUS_BASE_URL"]) expect(output).toContain(`${name}:`);
    expect(output).not.toContain("hunter2");
  });

  test("prints the mode of each provider, and refuses a misspelt name that would have changed it", async () => {
    const program = await startProgram({ DATABASE_URL: "memory:", REDIVIS_BASE_URL: "http://127.0.0.1:9/api/v1" });
    await expect.poll(() => program.output.at(-1)).toMatch(/^ {2}faults +off$/);
    expect(program.output.map((line) => line.trim().replaceAll(/ +/g, " "))).toEqual(
      expect.arrayContaining([
        "milvus embedded",
        "redivis remote, http://127.0.0.1:9/api/v1",
        "authorization off: any credential is accepted",
      ]),
    );
    expect(await program.stop("SIGTERM")).toBe(0);
    const refused = await runProgram({ REDIVIS_BASEURL: "http://127.0.0.1:9/api/v1" });
    expect(refused).toEqual({
      code: 1,
      output: "The configuration has problems:\n  REDIVIS_BASEURL: is not a setting; REDIVIS_BASE_URL is",
    });
  });

  test("names the port that is taken", async () => {
    const holder = await startProgram(environment());
    const { code, output } = await runProgram({ DATABASE_URL: "memory:", PORT: new URL(holder.url).port });
    await holder.stop("SIGTERM");
    expect({ code, output }).toEqual({
      code: 1,
      output: `${new URL(holder.url).host} is taken: another program listens there. Set PORT to a free port, or to 0 for any.`,
    });
  });
});

/** Starts as `npm start` does and stops the program once it is ready. @returns the exit code */
async function startByScript(environment: Readonly<Record<string, string>>): Promise<number | null> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    env: { PATH: process.env["PATH"], PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  for await (const chunk of child.stdout) if (String(chunk).includes("/graphql")) child.kill("SIGTERM");
  const [code] = (await ended) as [number | null]; // Node passes this type to the listeners.
  return code;
}
