import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CaseWorlds } from "./case-world.js";
import { planFiles } from "./plan.js";
import { runCase } from "./run-case.js";

const folder = join(import.meta.dirname, "contracts");
/** The folder with the contracts' own copies of the case files, where it exists. */
const origin = join(import.meta.dirname, "../../../shared/contracts/cases");

describe.each(await planFiles(folder))("$file", ({ file, runs }) => {
  const worlds = new CaseWorlds();
  afterAll(() => worlds.close());

  test.each(runs.map((run) => ({ run, name: `${run.label}: ${run.item.title}` })))("$name", async ({ run }) => {
    const { faces, findings } = await runCase(run, worlds);
    expect(findings).toEqual([]);
    expect(faces).not.toEqual([]);
  });

  test.runIf(existsSync(origin))("is the contract's own file", () => {
    expect(readFileSync(join(folder, file), "utf8")).toBe(readFileSync(join(origin, file), "utf8"));
  });
});
