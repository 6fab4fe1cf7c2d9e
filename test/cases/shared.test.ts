import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CaseWorlds } from "./case-world.js";
import { planFiles } from "./plan.js";
import { RemoteWorlds } from "./remote/remote-world.js";
import { runRemoteCase } from "./remote/run-remote-case.js";
import { runCase } from "./run-case.js";

const folder = join(import.meta.dirname, "contracts");
/** The folder with the contracts' own copies of the case files, where it exists. */
const origin = join(import.meta.dirname, "../../../shared/contracts/cases");

const plans = await planFiles(folder);

describe.each(plans)("$file", ({ file, runs, remote }) => {
  const worlds = new CaseWorlds();
  const remoteWorlds = new RemoteWorlds();
  afterAll(async () => {
    await worlds.close();
    await remoteWorlds.close();
  });

  test.each(runs.map((run) => ({ run, name: `${run.label}: ${run.item.title}` })))("$name", async ({ run }) => {
    const { faces, findings } = await runCase(run, worlds);
    expect(findings).toEqual([]);
    expect(faces).not.toEqual([]);
  });

  test.each(remote.map((run) => ({ run, name: `${run.label}: ${run.item.title}` })))("$name", async ({ run }) => {
    const { findings } = await runRemoteCase(run, remoteWorlds);
    expect(findings).toEqual([]);
  });

  test.runIf(existsSync(origin))("is the contract's own file", () => {
    expect(readFileSync(join(folder, file), "utf8")).toBe(readFileSync(join(origin, file), "utf8"));
  });
});

test("no case is left out", () => {
  expect(plans.flatMap((plan) => plan.leftOut)).toEqual([]);
  expect(plans.flatMap(({ remote }) => [...new Set(remote.map(({ item }) => item.id))])).toHaveLength(32);
});
