import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { container } from "../../durability/containers.js";
import { type Program, runProgram, startProgram } from "../program.js";

let folder: string;
let environment: Readonly<Record<string, string>>;
let first: Program;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-containers-"));
  environment = { DATABASE_FOLDER: join(folder, "database"), NO_COLOR: "1" };
  first = await startProgram(environment, { launcher: container() });
});
afterEach(async () => {
  await first.stop("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("a program in another container is kept out, and is let in as soon as the first one is killed", async () => {
  const second = await runProgram(environment, { launcher: container() });
  expect(second).toEqual({ code: 1, output: expect.stringContaining("is in use by process 1") as unknown });
  expect(second.output.split("\n")).toHaveLength(1);
  await first.stop("SIGKILL");
  const third = await startProgram(environment, { launcher: container() });
  await third.stop("SIGKILL");
});

test("a program after another boot is kept out while the first one gives signs of life", async () => {
  const bootId = join(folder, "boot_id");
  await writeFile(bootId, "another boot\n");
  const launcher = container(`mount --bind ${bootId} /proc/sys/kernel/random/boot_id`);
  // The first beat comes after 5 s; the second program waits for it.
  const second = await runProgram(environment, { launcher });
  expect(second.code).toBe(1);
  expect(second.output).toContain("waits until the database folder is certainly not in use");
  expect(second.output).toContain("is in use by process 1");
});
