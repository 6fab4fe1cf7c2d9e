import { systemCaller } from "../../src/core/access/caller.js";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyDefinitionsFile } from "../../src/application/definitions-file.js";
import { createTestApp } from "../../src/test-app.js";
import { useApp } from "../service/use-app.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "recordgate-definitions-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function writeDefinitions(content: unknown): Promise<string> {
  const file = join(folder, "definitions.json");
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

const book = {
  collectionName: "book",
  fields: [
    { name: "id", type: "Int64", primary: true },
    { name: "vector", type: "FloatVector", dim: 2 },
  ],
};

describe("a file of definitions", () => {
  test("creates its collections and credentials at the start of the program", async () => {
    const users = [{ name: "root", password: "Milvus" }];
    const file = await writeDefinitions({
      milvus: [{ users }, book, book],
      altatech: [{ tokens: { "app-1": {} }, name: "people", fields: [{ name: "id", type: "TEXT" }] }],
    });
    const app = await createTestApp({
      environment: { DEFINITIONS_FILE: file, AUTHORIZATION: "on" },
      caller: systemCaller,
    });
    const response = await app.fetch("/milvus/v1/vector/insert", {
      method: "POST",
      headers: { authorization: "Bearer root:Milvus" },
      body: JSON.stringify({ collectionName: "book", data: { id: 1, vector: [1, 2] } }),
    });
    expect(await response.json()).toEqual({ code: 200, data: { insertCount: 1, insertIds: [1] } });
    const { data } = await app.graphql("{ recordCollections { edges { node { provider { id } } } } }");
    expect(JSON.stringify(data).match(/milvus|altatech/g)).toEqual(["milvus", "altatech"]);
    await app.close();
  });

  const app = useApp();
  test.each([
    ["{", /definitions\.json: .*JSON/],
    ["[]", /definitions\.json: .*expected record/],
    [{ milvus: [1] }, /must be an object/],
    [{ attic: [] }, /definitions\.json: no provider attic is registered/],
    [
      { milvus: [book, { ...book, collectionName: "a b" }] },
      /definitions\.json: milvus\.1: collectionName: "a b" must be/,
    ],
    [
      {
        altatech: ["a", "b"].map((bot_id) => ({
          table_id: "673af861ed69656ac0895b07",
          name: "t",
          bot_id,
          fields: [{ name: "id", type: "TEXT" }],
        })),
      },
      /altatech\.1: the table_id/,
    ],
    [{ milvus: [{ users: [{ name: "x" }] }] }, /milvus\.0: users\.0\.password/],
  ])("is refused with the place of the fault: %j", async (content, problem) => {
    const { directory, manageCollections: manage } = app();
    await expect(applyDefinitionsFile(await writeDefinitions(content), { directory, manage })).rejects.toThrow(problem);
  });

  test("stops the start when it is missing", async () => {
    const started = createTestApp({ environment: { DEFINITIONS_FILE: join(folder, "none.json") } });
    await expect(started).rejects.toThrow(/none\.json: ENOENT/);
  });
});
