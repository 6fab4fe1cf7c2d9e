import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quickAttacks } from "../starve/attacks.js";
import { prepare, starve } from "../starve/starve.js";
import { type Program, startProgram } from "./program.js";

let folder: string;
let program: Program;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-starve-"));
  program = await startProgram({ DATABASE_FOLDER: join(folder, "data") });
  await prepare(program);
});
afterAll(async () => {
  expect(await program.stop("SIGTERM")).toBe(0);
  await rm(folder, { recursive: true, force: true });
});

// Another client's requests are answered meanwhile, or `starve` throws; how soon is printed by `npm run starve`.
test.each(quickAttacks.map((attack) => [attack.name, attack] as const))(
  "is answered as it should be, and the program lives on: %s",
  async (_name, attack) => {
    const { fault, answer } = await starve(program, attack);
    expect(fault, answer).toBeUndefined();
    expect(program.output.filter((line) => line.startsWith("{"))).toEqual([]);
  },
);
