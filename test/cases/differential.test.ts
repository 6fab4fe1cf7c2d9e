import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readCaseFile } from "./case-file.js";
import { CaseWorlds } from "./case-world.js";
import { compareTransports, RemoteApps } from "./differential.js";
import { planRuns } from "./plan.js";
import { mutationOf } from "./run-case.js";

const folder = join(import.meta.dirname, "contracts");

describe.each(readdirSync(folder))("%s", (file) => {
  const [worlds, remotes] = [new CaseWorlds(), new RemoteApps()];
  afterAll(() => Promise.all([worlds.close(), remotes.close()]));

  const { runs } = planRuns(readCaseFile(join(folder, file)));
  const sayable = runs.filter((run) => mutationOf(run) !== undefined);
  test.each(sayable.map((run) => ({ run, name: `${run.label}: ${run.item.title}` })))("a client cannot tell our REST face from the embedded service: $name", async ({ run }) => {
    const { embedded, remote } = await compareTransports(run, { worlds, remotes });
    expect(remote).toEqual(embedded);
    expect(embedded).toHaveProperty("result.__typename");
  });
});
