import { describe, expect, test } from "vitest";
import { mirrorsNothing } from "../service/mirrors-nothing.js";
import { createManageCollections, type ManageCollections } from "../../src/application/manage-collections.js";
import { createPolicy, type Policy } from "../../src/application/access/policy.js";
import { createReadRecords, type ReadRecords } from "../../src/application/read-records.js";
import { createWriteRecords, type WriteRecords } from "../../src/application/write-records.js";
import { systemCaller } from "../../src/core/access/caller.js";
import { randomIds } from "../../src/host/system.js";
import type { OpenTestApp } from "../service/open-test-app.js";
import { columnNames, columns, type ColumnName } from "./columns.js";
import { cells, judgeGraphqlCell } from "./graphql-matrix.js";
import { endpoints, judgeRestCell } from "./rest-matrix.js";
import { cellScopeOf, openWorld, useWorld } from "./world.js";
import { scanLog } from "../scan/scan.js";

/** The columns in which nothing is to be seen. */
const closed = columnNames.filter((column) => columns[column].rest !== "granted");

describe("the matrix reports", () => {
  const world = useWorld();
  const secretFor = (provider: string) => world().secretOf("a key for everything", cellScopeOf(provider, "read"));

  test("every endpoint that shows something to a credential without the right", async () => {
    const silent: string[] = [];
    const judged = endpoints.filter(({ row }) => row?.public !== true && row?.anywhere !== true);
    for (const [index, endpoint] of judged.entries()) {
      const { provider, contract } = endpoint;
      // Each closed column in turn gets a key that opens everything.
      const column = closed[index % closed.length] ?? "no credential";
      const problems = await judgeRestCell(world(), endpoint, column, { secret: await secretFor(provider) });
      if (problems.length === 0) silent.push(`${provider} ${contract.name}`);
    }
    expect(silent).toEqual([]);
  });

  test("every field that shows something to a credential without the right", async () => {
    const silent: string[] = [];
    for (const [index, cell] of cells.filter(({ row }) => row?.operation !== "none").entries()) {
      const column = closed[index % closed.length] ?? "no credential";
      const problems = await judgeGraphqlCell(world(), cell, column, { secret: await secretFor(cell.provider) });
      if (problems.length === 0) silent.push(`${cell.name} ${cell.provider} ${column}`);
    }
    expect(silent).toEqual([]);
  });

  test("an endpoint and a field that are not in its tables", async () => {
    const [endpoint] = endpoints;
    const [cell] = cells;
    if (endpoint === undefined || cell === undefined) throw new Error("there is nothing to try");
    const column: ColumnName = "no credential";
    expect(await judgeRestCell(world(), { ...endpoint, row: undefined }, column)).not.toEqual([]);
    expect(await judgeGraphqlCell(world(), { ...cell, row: undefined }, column)).not.toEqual([]);
  });
});

describe("over use cases whose policy allows every known caller everything, the matrix", () => {
  test("reports every field that the caller must not see", async () => {
    const opened: { app?: OpenTestApp } = {};
    const useCases = permissiveUseCases(() => opened.app);
    const world = await openWorld({ useCases }, (app) => {
      opened.app = app;
    });
    try {
      const silent: string[] = [];
      const seen = closed.filter((each) => columns[each].graphql === "absent");
      const judged = cells.filter(({ row }) => row?.operation !== "none");
      for (const [index, cell] of judged.entries()) {
        // Each column of a known caller in turn.
        const column = seen[index % seen.length] ?? "a key of another space";
        const problems = await judgeGraphqlCell(world, cell, column);
        if (problems.length === 0) silent.push(`${cell.name} ${cell.provider} ${column}`);
      }
      expect(silent).toEqual([]);
    } finally {
      await world.app.close();
    }
  });
});

/** The use cases of the program behind a policy without rules. */
function permissiveUseCases(app: () => OpenTestApp | undefined) {
  const parts = () => {
    const { directory, store } = app() ?? notOpen();
    const strict = createPolicy(directory);
    const policy: Policy = {
      visible: (_caller, ...asked) => strict.visible(systemCaller, ...asked),
      visibleTasks: () => strict.visibleTasks(systemCaller),
      requireAction: () => undefined,
      mayChangeSpace: () => true,
      writerTo: (_caller, ...asked) => strict.writerTo(systemCaller, ...asked),
    };
    return { directory, policy, storeOf: () => store, ids: randomIds };
  };
  const manage = (): ManageCollections => createManageCollections(parts());
  const read = (): ReadRecords => createReadRecords(parts());
  const writeRecords: WriteRecords = (...given) =>
    createWriteRecords({ ...parts(), mirrorTask: mirrorsNothing, log: scanLog })(...given);
  const manageCollections: ManageCollections = {
    create: (...given) => manage().create(...given),
    ensure: (...given) => manage().ensure(...given),
    delete: (...given) => manage().delete(...given),
  };
  const readRecords: ReadRecords = {
    collectionsById: (...given) => read().collectionsById(...given),
    listCollections: (...given) => read().listCollections(...given),
    recordsById: (...given) => read().recordsById(...given),
    recordPages: (...given) => read().recordPages(...given),
    tasksById: (...given) => read().tasksById(...given),
    listTasks: (...given) => read().listTasks(...given),
    failurePages: (...given) => read().failurePages(...given),
  };
  return { manageCollections, readRecords, writeRecords };
}

function notOpen(): never {
  throw new Error("the program is not open yet");
}
