import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installPackage, type InstalledPackage } from "./installed-package.js";

const probe = `
import { readFile } from "node:fs/promises";
import { createTestApp } from "recordgate";
import contracts from "recordgate/contracts/zilliz.json" with { type: "json" };
const schema = await readFile(new URL(import.meta.resolve("recordgate/schema.graphql")), "utf8");
const app = await createTestApp({ samples: true });
const { data, errors } = await app.graphql(
  "mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ... on InsertRecordsSuccess { insertedCount ids } } }",
  { input: { target: { zilliz: { collectionName: "quick_start" } }, records: [{ id: 1, title: "Dune", vector: [0.1, 0.2, 0.3, 0.4] }] } },
);
const health = await app.fetch("/health");
const page = await app.fetch("/graphiql");
console.log(JSON.stringify({ data, errors, health: health.status, page: page.status, contracts: contracts.id, mutations: schema.includes("insertRecords(") }));
await app.close();
`;

/** A program of its own with one provider more. */
const program = `
import { builtInProviders, createTestApp } from "recordgate";
import { jotter } from "./jotter/index.js";

const app = await createTestApp({ providers: [...builtInProviders, jotter], samples: true });
const insert = (title: string) =>
  app.graphql<{ readonly insertRecords: { readonly __typename: string } }>(
    "mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename } }",
    { input: { target: { jotter: { notebook: "recipes" } }, records: [{ title }] } },
  );
const results = [await insert("Bread"), await insert("")];
const served = await app.fetch("/notebooks/dreams/notes", { method: "POST", body: '{"notes":[{"title":"Tea"}]}' });
console.log(JSON.stringify([...results.map(({ data }) => data?.insertRecords.__typename), served.status, await served.json()]));
await app.close();
`;

const compilerOptions = {
  target: "es2022",
  lib: ["es2023", "dom"],
  module: "nodenext",
  types: [],
  strict: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: false,
  outDir: "out",
};

/** The sixth provider, as it is written outside this repository. */
async function writeProvider(folder: string): Promise<void> {
  const fixture = "test/fixtures/sixth-provider";
  await mkdir(join(folder, "src/jotter"), { recursive: true });
  for (const file of await readdir(fixture)) {
    const source = await readFile(join(fixture, file), "utf8");
    const elsewhere = source.replaceAll(/"\.\.\/\.\.\/\.\.\/src\/[^"]+"/g, '"recordgate/provider"');
    await writeFile(join(folder, "src/jotter", file), elsewhere);
  }
}

describe("installed elsewhere from its tarball, without development dependencies", () => {
  let elsewhere: InstalledPackage;
  beforeAll(async () => {
    elsewhere = await installPackage();
  }, 300_000);
  afterAll(() => elsewhere.remove());

  test("warns of nothing", () => {
    expect(elsewhere.installed).not.toMatch(/warn/i);
  });

  test("writes", async () => {
    await writeFile(join(elsewhere.folder, "probe.js"), probe);
    expect(JSON.parse(await elsewhere.run("probe.js"))).toEqual({
      data: { insertRecords: { __typename: "InsertRecordsSuccess", insertedCount: 1, ids: ["1"] } },
      health: 200,
      page: 200,
      contracts: "zilliz",
      mutations: true,
    });
  });

  test("compiles and runs a provider that imports recordgate/provider alone, the types of libraries checked", async () => {
    await writeProvider(elsewhere.folder);
    await writeFile(join(elsewhere.folder, "src/program.ts"), program);
    await elsewhere.compile({ compilerOptions, include: ["src"] });
    expect(JSON.parse(await elsewhere.run("out/program.js"))).toMatchObject([
      "InsertRecordsSuccess",
      "WriteInvalidInputError",
      404,
      { problem: { reason: "no_notebook" } },
    ]);
  });
});
