import { describe, expect, test } from "vitest";
import { systemRequest } from "../../src/core/request-scope.js";
import type { JsonObject } from "../../src/json/value.js";
import { createText, deleteText, insertText, useGuarded } from "./use-guarded.js";

const vectorFields: readonly JsonObject[] = [
  { name: "id", type: "Int64", primary: true },
  { name: "vector", type: "FloatVector", dim: 2 },
];
const row = { id: 1, vector: [1, 2] };
const namesText = "{ recordCollections(first: 100) { nodes { name definition records { nodes { fields } } } } }";

const dataset = (owner: string, name: string, visibility: string): JsonObject => ({
  owner,
  dataset: { name, visibility },
  table: { name: "t", uploads: [{ name: "u", schema: [{ name: "a", type: "string" }] }] },
});
const base: JsonObject = {
  baseId: "base1",
  operators: { editor: "edit" },
  sheets: [{ name: "Tasks", fields: [{ name: "Title", type: "text", primary: true }] }],
};
const titled = (name: string): JsonObject => ({
  ...base,
  sheets: [{ name, fields: [{ name: "Title", type: "text", primary: true }] }],
});

const guarded = useGuarded({
  prepare: async ({ manageCollections }) => {
    const make = (provider: string, definition: JsonObject) =>
      manageCollections.ensure(systemRequest, provider, definition);
    for (const dbName of ["one", "two"])
      await make("milvus", {
        collectionName: `books_of_${dbName}`,
        dbName,
        fields: vectorFields,
        users: [
          { name: "writer", password: "w", privileges: ["Insert"], databases: ["one"] },
          { name: "reader", password: "r", privileges: ["DescribeCollection"], databases: ["one"] },
          { name: "maker", password: "m", privileges: ["CreateCollection", "DropCollection", "DescribeCollection"] },
        ],
      });
    await make("redivis", dataset("demo", "mine", "private"));
    await make("redivis", dataset("other", "open", "public"));
    await make("redivis", dataset("other", "secret", "private"));
    await make("redivis", dataset("demonstration", "secret", "private"));
    await make("redivis", {
      tokens: { "tok-edit": { scope: ["data.edit"], canEdit: ["Demo"] }, "tok-none": { scope: ["data.edit"] } },
    });
    for (const bot_id of ["bot1", "bot2"])
      await make("altatech", {
        bot_id,
        table_id: bot_id === "bot1" ? "1".repeat(24) : "2".repeat(24),
        name: `table_of_${bot_id}`,
        fields: [{ name: "title", type: "TEXT" }],
        tokens: { [`app-${bot_id}`]: {} },
      });
    await make("dingtalk", base);
    await make("dingtalk", {
      tokens: { "ding-read": { scopes: ["Notable.Base.Read.All"] } },
      apps: [{ appKey: "key", appSecret: "secret" }],
    });
  },
});
const { app, ask, resultOf } = guarded;
const namesSeen = async (secret: string) => {
  const text = JSON.stringify(await ask(secret, namesText));
  return ["books_of_one", "books_of_two", "t/u", "table_of_bot1", "table_of_bot2", "Tasks"].filter((name) =>
    text.includes(`"${name}"`),
  );
};
const insert = (secret: string, target: JsonObject, record: JsonObject) =>
  resultOf(secret, insertText, { input: { target, records: [record] } });
const create = (secret: string, definition: JsonObject) => resultOf(secret, createText, { input: { definition } });
const deleteByName = async (secret: string, collectionName: string) => {
  const { items } = await app().store.collections.listCollections(
    { visible: [{ provider: "milvus", spaces: "all" }] },
    { first: 100 },
  );
  return resultOf(secret, deleteText, { id: items.find(({ name }) => name === collectionName)?.id ?? "" });
};

describe("in GraphQL, a credential of a contract means what it means on its face", () => {
  test("a Milvus user with the privilege to insert, in the database that it names", async () => {
    const into = (dbName: string) =>
      insert("writer:w", { milvus: { collectionName: `books_of_${dbName}`, dbName } }, row);
    expect(await into("one")).toEqual({
      __typename: "InsertRecordsSuccess",
      insertedCount: 1,
      // It may not describe collections.
      collection: null,
    });
    expect(await into("two")).toMatchObject({ __typename: "WritePermissionDeniedError", outcome: "NOT_APPLIED" });
    expect(await namesSeen("writer:w")).toEqual([]);
    expect(await create("writer:w", { milvus: { collectionName: "x", dbName: "one", fields: vectorFields } })).toEqual(
      expect.objectContaining({ __typename: "WritePermissionDeniedError" }),
    );
  });

  test("a Milvus user that may describe sees collections of its database, without records", async () => {
    expect(await namesSeen("reader:r")).toEqual(["books_of_one"]);
    expect(JSON.stringify(await ask("reader:r", namesText))).toContain('"records":{"nodes":[]}');
    expect(await deleteByName("reader:r", "books_of_one")).toMatchObject({ __typename: "WriteNotFoundError" });
  });

  test("a Milvus user that may create collections does so in databases that exist, the default one among them", async () => {
    const made = { fields: vectorFields, collectionName: "made" };
    const typeOf = async (dbName?: string) =>
      (await create("maker:m", { milvus: { ...made, ...(dbName !== undefined && { dbName }) } }))["__typename"];
    expect(await typeOf()).toBe("CreateCollectionSuccess");
    expect(await typeOf("one")).toBe("CreateCollectionSuccess");
    expect(await typeOf("three")).toBe("WritePermissionDeniedError");
    expect(await deleteByName("maker:m", "made")).toMatchObject({ __typename: "DeleteCollectionSuccess" });
  });

  test("a Redivis token sees the datasets of its owners and public ones, and writes to the former", async () => {
    const definitions = JSON.stringify(await ask("tok-edit", "{ recordCollections { nodes { id } } }"));
    expect(definitions.match(/"id"/g)).toHaveLength(2);
    expect(JSON.stringify(await ask("tok-none", "{ recordCollections { nodes { id } } }")).match(/"id"/g)).toHaveLength(
      1,
    );
    const into = (reference: string) =>
      insert("tok-edit", { redivis: { tableReference: `${reference}.t`, uploadName: "u" } }, { a: "x" });
    expect(await into("demo.mine:next")).toMatchObject({ __typename: "InsertRecordsSuccess", insertedCount: 1 });
    expect(await into("other.open:next")).toMatchObject({ __typename: "WritePermissionDeniedError" });
    expect(await into("other.secret:next")).toMatchObject({ __typename: "WriteNotFoundError" });
    expect(await into("demonstration.secret:next")).toMatchObject({ __typename: "WriteNotFoundError" });
  });

  test("an Altatech key reaches the tables of its bot, and is told of its imports", async () => {
    expect(await namesSeen("app-bot1")).toEqual(["table_of_bot1"]);
    const into = (digit: string) => insert("app-bot1", { altatech: { table_id: digit.repeat(24) } }, { title: "x" });
    const { task, ...accepted } = await into("1");
    expect(accepted).toEqual({ __typename: "InsertRecordsAccepted" });
    const { id } = Object(task) as { readonly id: string }; // Selected by the operation.
    await app().settleTasks();
    const importText = "query ($id: ID!) { importTask(id: $id) { status } }";
    expect(await ask("app-bot1", importText, { id })).toEqual({ importTask: { status: "SUCCEEDED" } });
    expect(await ask("app-bot2", importText, { id })).toEqual({ importTask: null });
    expect(await ask("app-bot2", "{ importTasks { nodes { id } pageInfo { endCursor } } }")).toEqual({
      importTasks: { nodes: [], pageInfo: { endCursor: null } },
    });
    expect(await into("2")).toMatchObject({ __typename: "WritePermissionDeniedError" });
  });

  test("a DingTalk token with the scope to read reads, and writes nothing", async () => {
    expect(await namesSeen("ding-read")).toEqual(["Tasks"]);
    const target = { dingtalk: { baseId: "base1", sheetIdOrName: "Tasks", operatorId: "editor" } };
    expect(await insert("ding-read", target, { Title: "x" })).toMatchObject({
      __typename: "WritePermissionDeniedError",
    });
    expect(await create("ding-read", { dingtalk: titled("More") })).toMatchObject({
      __typename: "WritePermissionDeniedError",
    });
  });

  test("the access token that a DingTalk app asked for works; the app's key and secret do not", async () => {
    const reply = await app().fetch("/dingtalk/v1.0/oauth2/accessToken", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ appKey: "key", appSecret: "secret" }),
    });
    const { accessToken } = (await reply.json()) as { readonly accessToken: string };
    const target = { dingtalk: { baseId: "base1", sheetIdOrName: "Tasks", operatorId: "editor" } };
    expect(await insert(accessToken, target, { Title: "x" })).toMatchObject({ __typename: "InsertRecordsSuccess" });
    for (const secret of ["key", "secret", "key:secret", "key\tsecret", "key secret"])
      await expect(ask(secret, namesText)).rejects.toThrow(/^401 /);
  });

  test("and for no other provider: it is a caller without a credential there", async () => {
    const target = { milvus: { collectionName: "books_of_one", dbName: "one" } };
    expect(await insert("tok-edit", target, row)).toMatchObject({
      __typename: "WriteUnauthenticatedError",
      outcome: "NOT_APPLIED",
    });
    expect(await create("tok-edit", { altatech: { name: "x", fields: [{ name: "a", type: "TEXT" }] } })).toMatchObject({
      __typename: "WritePermissionDeniedError",
    });
  });
});

describe("rights of a space are changed by those alone that may manage it", () => {
  const rightsOf = async (provider: string, space: string) =>
    JSON.stringify((await app().store.collections.locate(provider, space, "")).space?.definition);

  test.each([
    ["dingtalk", "base1", { ...titled("Coup"), operators: { intruder: "edit" } }],
    ["dingtalk", "base1", { ...titled("Coup"), operators: { editor: "none" } }],
    ["dingtalk", "base1", { ...titled("Coup"), state: "broken" }],
    ["dingtalk", "base1", { ...titled("Coup"), failure: "internalError" }],
    ["dingtalk", "newbase", { ...titled("Coup"), baseId: "newbase" }],
    ["redivis", "demo.mine", uploadOf({ name: "mine", visibility: "public" })],
    ["redivis", "demo.mine", uploadOf({ name: "mine", released: ["v1_0"] })],
    ["redivis", "demo.mine", uploadOf({ name: "mine", next: false })],
    ["redivis", "demo.mine", uploadOf({ name: "mine", id: "zzzz" })],
    ["redivis", "demo.fresh", uploadOf({ name: "fresh" })],
  ])("%s %s with %j", async (provider, space, definition) => {
    const secret = provider === "redivis" ? "tok-edit" : await tokenOfApp();
    const before = await rightsOf(provider, space);
    // Several at a time: none may slip past the check of another.
    const results = await Promise.all([1, 2, 3].map(() => create(secret, { [provider]: definition })));
    expect(results.map((result) => result["__typename"])).toEqual(Array(3).fill("WritePermissionDeniedError"));
    expect(await rightsOf(provider, space)).toBe(before);
    const { items } = await app().store.collections.listCollections(
      { visible: [{ provider, spaces: [{ name: space }] }] },
      { first: 100 },
    );
    expect(JSON.stringify(items)).not.toMatch(/Coup|coup/);
  });

  test("adding a collection alone is enough where the definition changes nothing else", async () => {
    const before = await rightsOf("dingtalk", "base1");
    expect(await create(await tokenOfApp(), { dingtalk: titled("More") })).toMatchObject({
      __typename: "CreateCollectionSuccess",
    });
    expect(await rightsOf("dingtalk", "base1")).toBe(before);
    const upload = uploadOf({ name: "mine", visibility: "private" });
    expect(await create("tok-edit", { redivis: upload })).toMatchObject({ __typename: "CreateCollectionSuccess" });
  });

  test("a key that manages the space changes them, a key that manages another does not", async () => {
    const change = { ...titled("Change"), operators: { editor: "edit", second: "read" } };
    const other = await guarded.keyFor({ provider: "dingtalk", operation: "manage", space: "base2" });
    expect(await create(other, { dingtalk: change })).toMatchObject({ __typename: "WritePermissionDeniedError" });
    expect(await rightsOf("dingtalk", "base1")).not.toContain("second");
    const own = await guarded.keyFor({ provider: "dingtalk", operation: "manage", space: "base1" });
    expect(await create(own, { dingtalk: change })).toMatchObject({ __typename: "CreateCollectionSuccess" });
    expect(await rightsOf("dingtalk", "base1")).toContain("second");
  });

  function uploadOf(properties: JsonObject): JsonObject {
    return {
      owner: "demo",
      dataset: properties,
      table: { name: "t", uploads: [{ name: "coup", schema: [{ name: "a", type: "string" }] }] },
    };
  }

  async function tokenOfApp(): Promise<string> {
    await app().grantAccess("dingtalk", { tokens: { "ding-write": { scopes: ["Notable.Base.Write.All"] } } });
    return "ding-write";
  }
});
