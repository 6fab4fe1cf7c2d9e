import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProgram, startProgram } from "./program.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-command-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (...words: readonly string[]) => runProgram({ DATABASE_FOLDER: join(folder, "data") }, { words });

describe("the command line", () => {
  test("prints its version and its commands, and starts nothing", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8")) as { readonly version: string };
    expect(await run("--version")).toEqual({ code: 0, output: version });
    const help = await run("--help");
    expect(help.code).toBe(0);
    expect(help.output).toMatch(/serve .*start the server[^]*DATABASE_URL /);
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  test.each([
    [["sevre"], "error: unknown command 'sevre' (Did you mean serve?)"],
    [["--prot", "80"], "error: unknown option '--prot'"],
    [["serve", "--port"], "error: unknown option '--port'"],
    [["serve", "now"], "error: too many arguments for 'serve'. Expected 0 arguments but got 1."],
  ])("refuses %j in one line", async (words, output) => {
    expect(await run(...words)).toEqual({ code: 1, output });
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  test("serves by name", async () => {
    const program = await startProgram({ DATABASE_URL: "memory:" }, { words: ["serve"] });
    expect(await program.stop("SIGTERM")).toBe(0);
  });
});
