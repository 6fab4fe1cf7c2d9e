import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

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

test("installs elsewhere from its tarball, without development dependencies, and writes", { timeout: 300_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "recordgate-package-"));
  try {
    const { stdout } = await run(npm, ["pack", "--ignore-scripts", "--pack-destination", folder]);
    const tarball = join(folder, stdout.trim().split("\n").at(-1) ?? "");
    await writeFile(join(folder, "package.json"), JSON.stringify({ name: "elsewhere", private: true, type: "module" }));
    await cp(".npmrc", join(folder, ".npmrc"));
    const { stderr } = await run(npm, ["install", "--no-audit", "--no-fund", "--omit=dev", tarball], { cwd: folder });
    // Node 20 is older than this package asks for; README says so.
    const asksForNewer = [...stderr.matchAll(/package: '(@?[^@']+)@/g)].map(([, name]) => name);
    expect(asksForNewer).toEqual(process.versions.node.startsWith("20.") ? ["@apollo/subgraph"] : []);
    expect(stderr).not.toContain("install-scripts");
    await writeFile(join(folder, "probe.js"), probe);
    const answer = await run(process.execPath, ["probe.js"], { cwd: folder });
    expect(JSON.parse(answer.stdout)).toEqual({
      data: { insertRecords: { __typename: "InsertRecordsSuccess", insertedCount: 1, ids: ["1"] } },
      health: 200,
      page: 200,
      contracts: "zilliz",
      mutations: true,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
