import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../src/json/value.js";
import { jotter } from "../fixtures/sixth-provider/index.js";
import { copyRepository, type RepositoryCopy } from "./repository-copy.js";

const fixture = "test/fixtures/sixth-provider";
const providerFolder = `src/providers/${jotter.id}`;
const registryFile = "src/providers/registry.ts";

/** The only steps that adding a provider may need. */
async function addProvider({ folder }: RepositoryCopy): Promise<void> {
  await mkdir(join(folder, providerFolder));
  for (const file of await readdir(fixture)) {
    const source = await readFile(join(fixture, file), "utf8");
    await writeFile(join(folder, providerFolder, file), source.replaceAll('"../../../src/', '"../../'));
  }
  const registry = await readFile(join(folder, registryFile), "utf8");
  await writeFile(join(folder, registryFile), `${registry}export { ${jotter.id} } from "./${jotter.id}/index.js";\n`);
}

describe("one more provider: a folder and a line in the registry", () => {
  let copy: RepositoryCopy;
  beforeAll(async () => {
    copy = await copyRepository([
      fixture,
      "test/docs/adding-a-provider.test.ts",
      "test/cases/write-form.test.ts",
      "test/e2e/sixth-provider.test.ts",
      "test/e2e/repository-copy.ts",
    ]);
    await addProvider(copy);
    await copy.run("npm", "run", "schema");
  });
  afterAll(() => copy.remove());

  test("changes nothing else but the emitted schema", async () => {
    await copy.run("git", "add", "--intent-to-add", ".");
    console.log(await copy.run("git", "diff", "--stat"));
    const numbers = await copy.run("git", "diff", "--numstat");
    const changes = numbers
      .trim()
      .split("\n")
      .map((line) => line.split("\t"));
    const own = changes.map(([, , file = ""]) => file).filter((file) => !file.startsWith(`${providerFolder}/`));
    expect(own).toEqual([`schema/contracts/${jotter.id}.json`, "schema/schema.graphql", registryFile].sort());
    expect(changes).toContainEqual(["1", "0", registryFile]);
  });

  test("passes every check", { timeout: 600_000 }, async () => {
    // The other files are those of the repository, which its own check lints.
    const changed = [providerFolder, registryFile];
    const output = await copy.run("npm", "run", "check", "--", "--changed", ...changed);
    expect(output).toContain(" checks passed, 0 failed");
  });

  describe("is covered by tests that exist", () => {
    let passed: readonly string[];
    beforeAll(async () => {
      const files = ["test/conformance", "test/host/config.test.ts", "test/playground", "test/demo/demo.test.ts"];
      // What concerns the provider, everything of the tabs, and of the demo what concerns each provider.
      const names = `--testNamePattern=${jotter.id}|tabs|every provider`;
      const options = ["--project=unit", "--reporter=verbose", names];
      const output = await copy.run("npm", "exec", "--", "vitest", "run", ...options, ...files);
      passed = output.split("\n").filter((line) => line.includes("✓"));
    }, 300_000);
    const passedIn = (folder: string): readonly string[] => passed.filter((line) => line.includes(`${folder}/`));

    test("of conformance", () => {
      const ofProvider = passed.filter((line) => line.replaceAll("'", "").includes(`> ${jotter.id} >`));
      expect(ofProvider.length).toBeGreaterThan(jotter.contracts.flatMap(({ failures }) => failures).length);
    });

    test.each(["test/playground", "test/demo"])("of GraphiQL and of the demo: %s", (folder) => {
      expect(passedIn(folder)).not.toEqual([]);
    });
  });

  describe("and works", () => {
    let program: typeof import("../../src/test-app.js");
    beforeAll(async () => {
      program = (await importFromCopy("src/test-app.ts")) as typeof program;
    });
    const importFromCopy = (file: string): Promise<unknown> => import(pathToFileURL(join(copy.folder, file)).href);

    test("writes through GraphQL, its definition and target being inputs, and reads back", async () => {
      const app = await program.createTestApp();
      const notebook = "plans";
      const created = await app.graphql(
        `mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { __typename } }`,
        { input: { definition: { [jotter.id]: { notebook, cover: "LINED" } } } },
      );
      expect(created.data).toEqual({ createCollection: { __typename: "CreateCollectionSuccess" } });
      const insert = `mutation ($target: JotterInsertTarget!, $records: [JSONObject!]!) {
        insertRecords(input: { target: { ${jotter.id}: $target }, records: $records }) { __typename
          ... on InsertRecordsSuccess { ids } ... on WriteInvalidInputError { violations { recordIndex field } } } }`;
      const records = [{ title: "Garden" }, { title: "Roof", text: "before winter", pinned: true }];
      expect((await app.graphql(insert, { target: { notebook }, records })).data).toEqual({
        insertRecords: { __typename: "InsertRecordsSuccess", ids: ["1", "2"] },
      });
      expect((await app.graphql(insert, { target: { notebook }, records: [...records, { title: "" }] })).data).toEqual({
        insertRecords: { __typename: "WriteInvalidInputError", violations: [{ recordIndex: 2, field: "title" }] },
      });
      const read = await app.graphql(
        `{ recordCollections(provider: "${jotter.id}") { edges { node { name records(first: 5) { edges { node { fields } } } } } } }`,
      );
      expect(JSON.stringify(read.data)).toContain(
        JSON.stringify({ number: 2, title: "Roof", pinned: true, text: "before winter" }),
      );
      await app.close();
    });

    test("starts with its sample and answers its own contract", async () => {
      const app = await program.createTestApp({ samples: true });
      const { path } = jotter.contracts[0] ?? { path: "" };
      const ask = async (mount: string, headers: Readonly<Record<string, string>>, body: JsonObject) => {
        const response = await app.fetch(mount + path.replace("{notebook}", "recipes"), {
          method: "POST",
          headers,
          body: JSON.stringify(body),
        });
        return { status: response.status, body: await response.json() };
      };
      expect(await ask(`/${jotter.id}`, { "x-jotter-key": "any" }, { notes: [{ title: "Tea" }] })).toMatchObject({
        status: 201,
        body: { added: [{ number: 1 }] },
      });
      expect(await ask("", { "x-jotter-key": "any" }, { notes: [{ title: "Milk" }] })).toMatchObject({
        status: 201,
        body: { added: [{ number: 2 }] },
      });
      expect(await ask("", {}, { notes: Array.from({ length: 51 }, () => ({ title: "Tea" })) })).toMatchObject({
        status: 413,
        body: { problem: { reason: "crowded" } },
      });
      expect(await (await app.fetch("/notebooks/recipes/pages")).json()).toMatchObject({
        problem: { reason: "no_such_page" },
      });
      await app.close();
    });

    test("is reached elsewhere with its own credentials when its variables are set", async () => {
      const { describeSettings } = (await importFromCopy(
        "src/host/settings/config.ts",
      )) as typeof import("../../src/host/settings/config.js");
      const names = describeSettings([jotter]).map(({ name }) => name);
      expect(names).toEqual(
        expect.arrayContaining(["JOTTER_BASE_URL", "JOTTER_TOKEN", "JOTTER_MAX_NOTES", "JOTTER_CALLS_PER_MINUTE"]),
      );
      const asked: Request[] = [];
      const app = await program.createTestApp({
        environment: { JOTTER_BASE_URL: "http://jotter.test/api", JOTTER_TOKEN: "secret" },
        fetch: async (input, init) => {
          asked.push(new Request(input, init));
          return Response.json({ added: [{ number: 7 }] }, { status: 201 });
        },
      });
      const { data } = await app.graphql(
        `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { ... on InsertRecordsSuccess { ids } } }`,
        { input: { target: { [jotter.id]: { notebook: "plans" } }, records: [{ title: "Garden" }] } },
      );
      expect(data).toEqual({ insertRecords: { ids: ["7"] } });
      expect(asked.map(({ url, headers }) => [url, headers.get("x-jotter-key")])).toEqual([
        ["http://jotter.test/api/notebooks/plans/notes", "secret"],
      ]);
      await app.close();
    });

    test("is documented", async () => {
      const file = join(copy.folder, `schema/contracts/${jotter.id}.json`);
      expect(existsSync(file)).toBe(true);
      const described: unknown = JSON.parse(await readFile(file, "utf8"));
      const [contract] =
        isJsonObject(described) && Array.isArray(described["contracts"])
          ? (described["contracts"] as readonly JsonObject[])
          : [];
      expect(contract).toMatchObject({
        name: "add-notes",
        path: "/notebooks/{notebook}/notes",
        limits: [{ setting: "MAX_NOTES", max: 50 }, { setting: "MAX_PAGE_BYTES" }],
      });
      expect(contract?.["failures"]).toEqual(
        jotter.contracts.flatMap(({ failures }) => failures.map(({ name }) => name)),
      );
    });
  });
});
