import { describe, expect, test } from "vitest";
import { systemRequest } from "../../src/core/request-scope.js";
import type { JsonObject } from "../../src/json/value.js";
import { createText, deleteText, insertText, useGuarded } from "./use-guarded.js";

const spaces = ["one", "two", "three"];
const collectionsPerSpace = 5;
const define = (dbName: string, collectionName: string): JsonObject => ({
  collectionName,
  dbName,
  fields: [
    { name: "id", type: "Int64", primary: true },
    { name: "vector", type: "FloatVector", dim: 2 },
  ],
});

const { app, keyFor, ask, resultOf } = useGuarded({
  prepare: async ({ manageCollections }) => {
    // In turns, so that rows of the three spaces lie between each other.
    for (let index = 0; index < collectionsPerSpace; index++)
      for (const space of spaces)
        await manageCollections.create(systemRequest, "milvus", define(space, `${space}_${index}`));
    await manageCollections.create(systemRequest, "zilliz", define("two", "two_of_zilliz"));
  },
});
const keyOfTwo = () => keyFor({ provider: "milvus", space: "two" });

interface Connection {
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const listText = `query ($first: Int, $after: String, $provider: ID) { recordCollections(first: $first, after: $after, provider: $provider) {
  nodes { id name } pageInfo { hasNextPage endCursor } } }`;

async function list(secret: string, variables: JsonObject): Promise<Connection> {
  // Selected by the operation.
  return (await resultOf(secret, listText, variables)) as unknown as Connection;
}

describe("for a key that sees one of three spaces", () => {
  test("pages are full, and the last one says that it is", async () => {
    const secret = await keyOfTwo();
    const pages: string[][] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo }: Connection = await list(secret, { first: 2, after });
      pages.push(nodes.map(({ name }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(pages).toEqual([["two_0", "two_1"], ["two_2", "two_3"], ["two_4"]]);
  });

  test("a page that ends before other people's collections has no next page", async () => {
    const { pageInfo } = await list(await keyOfTwo(), { first: collectionsPerSpace });
    expect(pageInfo.hasNextPage).toBe(false);
  });

  test("the cursor of another caller leads to nothing but its own collections", async () => {
    const everything = await list(await keyFor({}), { first: 7 });
    const { nodes } = await list(await keyOfTwo(), { first: 100, after: everything.pageInfo.endCursor });
    expect(nodes.map(({ name }) => name)).toEqual(["two_2", "two_3", "two_4"]);
  });

  test("a filter for a provider that it does not open lists nothing", async () => {
    const secret = await keyOfTwo();
    for (const provider of ["zilliz", "altatech", "nonesuch", "__proto__"])
      expect(await list(secret, { first: 100, provider })).toEqual({
        nodes: [],
        pageInfo: { hasNextPage: false, endCursor: null },
      });
  });

  test("entities of others are null, among its own and in the order asked for", async () => {
    const { nodes } = await list(await keyFor({}), { first: 100 });
    const representations = nodes.map(({ id }) => ({ __typename: "RecordCollection", id }));
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on RecordCollection { name } } }`;
    const { _entities: found } = await ask(await keyOfTwo(), query, { representations });
    const expected = nodes.map(({ name }) => (/^two_\d$/.test(name) ? { name } : null));
    expect(found).toEqual(expected);
  });
});

describe("several fields of one request", () => {
  test("do not see through each other what the caller may not see", async () => {
    const { nodes } = await list(await keyFor({}), { first: 100 });
    const idOf = (name: string) => nodes.find((node) => node.name === name)?.id ?? "";
    const writer = await keyFor({ provider: "milvus", operation: "write", space: "one" });
    // The write leads to the collection; its key may not read it.
    const target = { milvus: { collectionName: "one_0", dbName: "one" } };
    expect(await resultOf(writer, insertText, { input: { target, records: [{ id: 1, vector: [1, 2] }] } })).toEqual({
      __typename: "InsertRecordsSuccess",
      insertedCount: 1,
      collection: null,
    });
    const manager = await keyFor({ provider: "milvus", operation: "manage", space: "one" });
    const query = `mutation ($one: ID!, $two: ID!, $input: CreateCollectionInput!) {
      other: deleteCollection(id: $two) { __typename }
      made: createCollection(input: $input) { ... on CreateCollectionSuccess { collection { name records { nodes { id } } } } }
      gone: deleteCollection(id: $one) { __typename }
      again: deleteCollection(id: $one) { __typename } }`;
    const variables = {
      one: idOf("one_1"),
      two: idOf("two_1"),
      input: { definition: { milvus: define("one", "one_new") } },
    };
    expect(await ask(manager, query, variables)).toEqual({
      other: { __typename: "WriteNotFoundError" },
      made: { collection: { name: "one_new", records: { nodes: [] } } },
      gone: { __typename: "DeleteCollectionSuccess" },
      again: { __typename: "WriteNotFoundError" },
    });
    // A manager of the space that may not read it is not shown it either.
    expect((await list(manager, { first: 100 })).nodes).toEqual([]);
  });
});

describe("a key of a space", () => {
  test("cannot reach another space by an alias, nor learn that it exists", async () => {
    const space = { name: "two", definition: { aliases: { shortcut: "two_0" } } };
    await app().store.collections.createCollection({ provider: "milvus", space, name: "passing", definition: {} });
    const post = async (secret: string, body: JsonObject) => {
      const response = await app().fetch("/v2/vectordb/collections/describe", {
        method: "POST",
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify(body),
      });
      return response.text();
    };
    const [two, one] = [await keyOfTwo(), await keyFor({ provider: "milvus", space: "one" })];
    expect(await post(two, { dbName: "two", collectionName: "shortcut" })).toContain("two_0");
    const hidden = await post(one, { dbName: "two", collectionName: "shortcut" });
    expect(hidden).toBe((await post(one, { dbName: "xyz", collectionName: "shortcut" })).replaceAll("xyz", "two"));
    expect(hidden).not.toContain("two_0");
  });

  test("cannot make or delete anything in another one", async () => {
    const manager = await keyFor({ provider: "milvus", operation: "manage", space: "one" });
    const input = { definition: { milvus: define("two", "intruder") } };
    expect(await resultOf(manager, createText, { input })).toMatchObject({ __typename: "WritePermissionDeniedError" });
    const { nodes } = await list(await keyFor({}), { first: 100 });
    const id = nodes.find(({ name }) => name === "two_3")?.id ?? "";
    const refused = await resultOf(manager, deleteText, { id });
    const absent = await resultOf(manager, deleteText, { id: "11111111-1111-4111-8111-111111111111" });
    expect(JSON.stringify(refused).replaceAll(id, "*")).toBe(
      JSON.stringify(absent).replaceAll("11111111-1111-4111-8111-111111111111", "*"),
    );
    expect((await list(await keyOfTwo(), { first: 100 })).nodes.map(({ name }) => name)).toContain("two_3");
  });
});

describe("an operator of a DingTalk base that the key does not see", () => {
  test("is as unknown as one that no base lists", async () => {
    const baseOf = (baseId: string, operator: string): JsonObject => ({
      baseId,
      operators: { [operator]: "edit" },
      sheets: [{ name: "Tasks", fields: [{ name: "Title", type: "text", primary: true }] }],
    });
    await app().manageCollections.create(systemRequest, "dingtalk", baseOf("mine", "ann"));
    await app().manageCollections.create(systemRequest, "dingtalk", baseOf("theirs", "bob"));
    const secret = await keyFor({ provider: "dingtalk", space: "mine" });
    const sheets = async (baseId: string, operator: string) => {
      const response = await app().fetch(`/dingtalk/v1.0/notable/bases/${baseId}/sheets?operatorId=${operator}`, {
        headers: { "x-acs-dingtalk-access-token": secret },
      });
      const { code } = (await response.json()) as { readonly code?: string };
      return [response.status, code];
    };
    expect(await sheets("mine", "ann")).toEqual([200, undefined]);
    for (const base of ["mine", "theirs", "nowhere"])
      expect([base, await sheets(base, "bob")]).toEqual([base, await sheets(base, "nobody")]);
    expect(await sheets("theirs", "ann")).toEqual(await sheets("nowhere", "ann"));
  });
});

describe("a key of a Redivis dataset", () => {
  test("does not find another one by its id, of whichever name it is asked for", async () => {
    const dataset = (name: string, id: string): JsonObject => ({
      owner: "demo",
      dataset: { name, id, visibility: "public" },
      table: { name: "t", id: "tttt", uploads: [{ name: "u", schema: [{ name: "a", type: "string" }] }] },
    });
    await app().manageCollections.create(systemRequest, "redivis", dataset("mine", "aaaa"));
    await app().manageCollections.create(systemRequest, "redivis", dataset("theirs", "bbbb"));
    const secret = await keyFor({ provider: "redivis", space: "demo.mine" });
    const status = async (reference: string) =>
      (await app().fetch(`/redivis/api/v1/tables/${reference}.t`, { headers: { authorization: `Bearer ${secret}` } }))
        .status;
    for (const reference of ["demo.mine", "demo.mine:aaaa", "demo.renamed:aaaa", "DEMO.Mine"])
      expect([reference, await status(reference)]).toEqual([reference, 200]);
    for (const reference of ["demo.theirs", "demo.theirs:bbbb", "demo.mine:bbbb", "demo.renamed:bbbb"])
      expect([reference, await status(reference)]).toEqual([reference, 404]);
  });
});
