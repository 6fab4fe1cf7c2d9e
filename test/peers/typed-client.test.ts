import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { type DocumentNode, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { JsonObject } from "../../src/json/value.js";
import { createTestApp, type TestApp } from "../../src/test-app.js";
import { loadClient } from "./load.js";

interface Generator {
  readonly codegen: (options: {
    readonly filename: string;
    readonly schema: DocumentNode;
    readonly documents: readonly { readonly location: string; readonly document: DocumentNode }[];
    readonly config: JsonObject;
    readonly plugins: readonly JsonObject[];
    readonly pluginMap: Readonly<Record<string, unknown>>;
  }) => Promise<string>;
}

interface Clients {
  readonly insertRecords: (target: unknown, input: JsonObject) => Promise<JsonObject>;
  readonly describeResult: (result: JsonObject) => string;
  readonly createApolloClient: (uri: string, sdl: string) => { readonly stop: () => void };
}

const example = "examples/typed-client";
const sdl = await readFile("schema/schema.graphql", "utf8");
const outputs = z.object({
  generates: z.record(z.string(), z.object({ plugins: z.array(z.string()), config: z.record(z.string(), z.json()) })),
});

/** What `graphql-codegen` writes into the file. */
async function generate(filename: string): Promise<string> {
  const { generates } = outputs.parse(JSON.parse(await readFile(join(example, "codegen.json"), "utf8")));
  const { plugins = [], config = {} } = generates[filename] ?? {};
  const location = join(example, "src/documents.graphql");
  return loadClient<Generator>("@graphql-codegen/core").codegen({
    filename,
    schema: parse(sdl),
    documents: [{ location, document: parse(await readFile(location, "utf8")) }],
    config: { ...config, namingConvention: "change-case-all#pascalCase" },
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: Object.fromEntries(plugins.map((name) => [name, loadClient<unknown>(`@graphql-codegen/${name}`)])),
  });
}

describe("the example of a typed client", () => {
  let app: TestApp;
  let url: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "recordgate-typed-client-"));
    await cp(example, folder, { recursive: true });
    await symlink(resolve("test/peers/node_modules"), join(folder, "node_modules"), "junction");
    app = await createTestApp({ samples: true });
    url = `${(await app.listen()).url}/graphql`;
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("compiles with what its configuration generates, writes by hand and by Apollo Client, and tells what is wrong", async () => {
    await writeFile(join(folder, "src/generated.ts"), await generate("src/generated.ts"));
    const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    await promisify(execFile)(process.execPath, [
      compiler,
      "-p",
      folder,
      "--noEmit",
      "false",
      "--outDir",
      join(folder, "out"),
    ]);
    const load = async (name: string) =>
      // The compiler knows the sources, which cannot be resolved where the root alone is installed.
      (await import(/* @vite-ignore */ pathToFileURL(join(folder, "out", name)).href)) as Clients;
    const client = await load("client.js");
    const apollo = await load("apollo-client.js");
    const input = (vector: readonly number[]) => ({
      target: { zilliz: { collectionName: "quick_start" } },
      records: [{ id: 1, title: "Dune", vector }],
    });
    const stored = { __typename: "InsertRecordsSuccess", insertedCount: 1, ids: ["1"] };
    expect(await client.insertRecords(url, input([0.1, 0.2, 0.3, 0.4]))).toMatchObject(stored);
    const viaApollo = apollo.createApolloClient(url, sdl);
    expect(await apollo.insertRecords(viaApollo, input([0.1, 0.2, 0.3, 0.4]))).toMatchObject(stored);
    const refused = await apollo.insertRecords(viaApollo, input([0.1]));
    expect(refused).toMatchObject({
      __typename: "WriteInvalidInputError",
      safeToResend: false,
      violations: [{ recordIndex: 0, field: "vector", rule: "dimension" }],
    });
    expect(client.describeResult(refused)).toMatch(/^record 0, vector: /);
    viaApollo.stop();
  });
});
