import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { toExampleDefinition } from "../../src/playground/collection-tabs.js";
import type { SampleProvider } from "../../src/playground/samples.js";
import { toTabs } from "../../src/playground/tabs.js";
import type { Tab } from "../../src/playground/tab.js";
import { createTestApp, type TestApp } from "../../src/test-app.js";

let app: TestApp;
let providers: readonly SampleProvider[];
let tabs: readonly Tab[];
beforeAll(async () => {
  app = await createTestApp({ samples: true });
  const { data } = await app.graphql(
    "{ recordProviders { id title mode operations { name } samples { definition target records faultyRecord faultyField absentTarget } } }",
  );
  providers = (data as unknown as { recordProviders: readonly SampleProvider[] }).recordProviders;
  tabs = toTabs(providers);
});
afterAll(() => app.close());

function nameOf({ query }: Tab): string {
  return /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? "";
}

async function run(tab: Tab | undefined): Promise<JsonObject> {
  if (tab === undefined) throw new Error("there is no such tab");
  const { data, errors } = await app.graphql(tab.query, JSON.parse(tab.variables ?? "{}") as JsonObject);
  expect(errors).toBeUndefined();
  return data ?? {};
}

describe("the tabs of GraphiQL", () => {
  it("have one for each operation of each provider, between an overview and what is common", () => {
    const own = providers.flatMap(({ id, operations }) =>
      operations.map(({ name }) => `${id}${name === "insertRecords" ? "Insert" : "Upsert"}`),
    );
    expect(own.length).toBeGreaterThanOrEqual(providers.length);
    expect(tabs.map(nameOf)).toEqual([
      "overview",
      ...own,
      "faultyRecords",
      "absentTargets",
      "readBack",
      "followImports",
      "createCollection",
      "deleteCollection",
    ]);
  });

  it.each(["first", "second"])("write the sample records, the %s time", async () => {
    for (const tab of tabs.filter((each) => /(Insert|Upsert)$/.test(nameOf(each)))) {
      expect(JSON.stringify(await run(tab)), nameOf(tab)).toMatch(
        /"__typename":"(InsertRecords|UpsertEntities)(Success|Accepted)"/,
      );
    }
    await app.settleTasks();
    expect(JSON.stringify(await run(tabs.find((tab) => nameOf(tab) === "followImports")))).toMatch(
      /"successCount":2,"failCount":0/,
    );
  });

  it("show how each provider refuses a faulty record", async () => {
    const answers = await run(tabs.find((tab) => nameOf(tab) === "faultyRecords"));
    await app.settleTasks();
    const { data } = await app.graphql("{ importTasks { nodes { failures { nodes { recordIndex field } } } } }");
    for (const {
      id,
      samples: [sample],
    } of providers) {
      const told = JSON.stringify(answers[id]);
      const where = told.includes("InsertRecordsAccepted") ? JSON.stringify(data) : told;
      expect(where, id).toContain(`"recordIndex":${sample?.records.length},"field":"${sample?.faultyField}"`);
    }
  });

  it("show how each provider says that a target does not exist", async () => {
    const answers = await run(tabs.find((tab) => nameOf(tab) === "absentTargets"));
    for (const { id } of providers)
      expect(answers[id], id).toMatchObject({ __typename: "WriteNotFoundError", outcome: "NOT_APPLIED" });
  });

  it("read back what was stored", async () => {
    expect(await run(tabs.find((tab) => nameOf(tab) === "readBack"))).toMatchObject({
      recordCollections: { nodes: { length: providers.length } },
    });
    await run(tabs[0]);
  });

  it("need no wider editor than a laptop's", () => {
    const lines = tabs.flatMap(({ query }) => query.split("\n"));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(64);
  });

  it("create a collection of an embedded provider, or have no tab for it", () => {
    const remote = providers.map((provider) => ({ ...provider, mode: "REMOTE" as const }));
    expect(toTabs(remote).map(nameOf)).not.toContain("createCollection");
    const [first, ...others] = remote;
    const mixed = [...(first === undefined ? [] : [first]), ...providers.slice(1)];
    expect(others.length).toBeGreaterThan(0);
    expect(Object.keys(toExampleDefinition(mixed) ?? {})).not.toEqual([first?.id]);
    expect(toExampleDefinition(mixed)).toBeDefined();
  });

  it("are the overview alone where nothing is known of the providers", () => {
    expect(toTabs([]).map(nameOf)).toEqual(["overview"]);
  });
});
