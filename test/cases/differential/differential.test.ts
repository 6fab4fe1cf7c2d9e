import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { isJsonObject } from "../../../src/json/value.js";
import { CaseWorlds } from "../case-world.js";
import { compareTransports, RemoteApps } from "./differential.js";
import { planFiles } from "../plan.js";
import { mutationOf } from "../run-case.js";

const folder = join(import.meta.dirname, "../contracts");

describe.each(await planFiles(folder))("$file", ({ runs }) => {
  const [worlds, remotes] = [new CaseWorlds(), new RemoteApps()];
  afterAll(() => Promise.all([worlds.close(), remotes.close()]));

  const sayable = runs.filter((run) => mutationOf(run) !== undefined);
  test.each(sayable.map((run) => ({ run, name: `${run.label}: ${run.item.title}` })))(
    "a client gets the same from the REST face and from the embedded service: $name",
    async ({ run }) => {
      const { embedded, remote } = await compareTransports(run, { worlds, remotes });
      if (isJsonObject(embedded) && embedded["refusedAtDoor"] === true) {
        expect(remote).toMatchObject({ result: { __typename: "WriteUnauthenticatedError" } });
        return;
      }
      expect(remote).toEqual(embedded);
      expect(embedded).toHaveProperty("result.__typename");
    },
  );
});
