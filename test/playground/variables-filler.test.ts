import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/json/value.js";
import { createCreatedCollections } from "../../src/playground/created-collections.js";
import { createVariablesFiller, type Operation } from "../../src/playground/variables-filler.js";
import { createTestApp, type TestApp } from "../../src/test-app.js";

const exampleDefinition = {
  milvus: { collectionName: "my_collection_1", fields: [{ name: "id", type: "Int64", primary: true }], dynamic: true },
};
const create = `mutation createCollection($input: CreateCollectionInput!) { createCollection(input: $input) {
  __typename ... on CreateCollectionSuccess { collection { id name } } } }`;
const remove = `mutation deleteCollection($id: ID!) { deleteCollection(id: $id) {
  __typename ... on DeleteCollectionSuccess { id } } }`;

let app: TestApp;
let storage: Map<string, string>;
let now = Date.parse("2026-11-26T15:16:32.123Z");
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(() => app.close());
beforeEach(() => {
  storage = new Map();
});

const send = ({ query, variables }: Operation): Promise<{ readonly data?: unknown }> =>
  app.graphql(query, variables as JsonObject);

/** A page with the storage of the test's browser. */
function openPage() {
  const filler = createVariablesFiller({
    created: createCreatedCollections({
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
    }),
    exampleDefinition,
    now: () => new Date(now++),
  });
  let shown: object = { id: "" };
  const run = async (operation: Operation): Promise<string> => {
    const filled = await filler.fill(operation, send);
    const answer = await send({ ...operation, variables: filled ?? operation.variables });
    filler.note(answer);
    if (operation.operationName === "deleteCollection") shown = filled ?? shown;
    return JSON.stringify(answer.data);
  };
  return {
    create: (definition: object = exampleDefinition) =>
      run({ query: create, operationName: "createCollection", variables: { input: { definition } } }),
    remove: (variables: object = shown) => run({ query: remove, operationName: "deleteCollection", variables }),
  };
}

function idIn(answer: string): string | undefined {
  return /"id":"([^"]+)"/.exec(answer)?.[1];
}

describe("the variables that the page fills in", () => {
  it("give each new collection a name of its own", async () => {
    const page = openPage();
    const answers = [await page.create(), await page.create()];
    expect(answers.join()).not.toMatch(/Error/);
    const names = answers.map((answer) => /my_collection_\d+/.exec(answer)?.[0]);
    expect(names[0]).toMatch(/^my_collection_202611261516\d{5}$/);
    expect(new Set(names).size).toBe(2);
  });

  it("leave a name that the visitor chose", async () => {
    const page = openPage();
    const chosen = { milvus: { ...exampleDefinition.milvus, collectionName: "my_collection_of_cats" } };
    expect(await page.create(chosen)).toContain('"name":"my_collection_of_cats"');
    expect(await page.create(chosen)).toContain("WriteConflictError");
  });

  it("name the newest collections of this browser to delete, also after the page is loaded again", async () => {
    const page = openPage();
    const [older, newer] = [idIn(await page.create()), idIn(await page.create())];
    expect(idIn(await page.remove())).toBe(newer);
    expect(idIn(await page.remove())).toBe(older);
    const again = idIn(await page.create());
    expect(idIn(await openPage().remove({ id: older }))).toBe(again);
  });

  it("create a collection to delete where this browser has none, every time", async () => {
    const page = openPage();
    const other = idIn(await page.create());
    storage.clear();
    for (const answer of [await page.remove(), await page.remove()]) {
      expect(answer).toContain("DeleteCollectionSuccess");
      expect(idIn(answer)).not.toBe(other);
    }
  });

  it("leave an id that the visitor wrote, whether it exists or not", async () => {
    const page = openPage();
    const [older, newer] = [idIn(await page.create()), idIn(await page.create())];
    expect(await page.remove({ id: "00000000-0000-4000-8000-000000000000" })).toContain("WriteNotFoundError");
    expect(idIn(await page.remove({ id: older }))).toBe(older);
    expect(idIn(await page.remove())).toBe(newer);
  });

  it("do not touch another operation, nor variables of another form", async () => {
    const filler = createVariablesFiller({
      created: createCreatedCollections({ getItem: () => "not JSON", setItem: () => undefined }),
      exampleDefinition,
      now: () => new Date(now),
    });
    const query = "query readBack { recordCollections { nodes { id } } }";
    expect(await filler.fill({ query, operationName: "readBack", variables: { id: "" } }, send)).toBeUndefined();
    const others = [undefined, {}, { input: { definition: { milvus: { collectionName: "cats" } } } }];
    for (const variables of others)
      expect(await filler.fill({ query: create, operationName: "createCollection", variables }, send)).toBeUndefined();
    expect(await filler.fill({ query: remove, operationName: "deleteCollection" }, send)).toBeUndefined();
  });
});
