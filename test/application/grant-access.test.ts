import { systemCaller } from "../../src/core/access/caller.js";
import { systemRequest } from "../../src/core/request-scope.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ProviderFailure } from "../../src/core/failure.js";
import type { JsonObject } from "../../src/json/value.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";

let app: OpenTestApp;
beforeAll(async () => {
  app = await openTestApp({ environment: { AUTHORIZATION: "on" }, caller: systemCaller });
});
afterAll(() => app.close());

const fields: readonly JsonObject[] = [
  { name: "id", type: "Int64", primary: true },
  { name: "vector", type: "FloatVector", dim: 2 },
];

function insert(collectionName: string, authorization: string): Promise<Response> {
  return app.fetch("/milvus/v1/vector/insert", {
    method: "POST",
    headers: { authorization },
    body: JSON.stringify({ collectionName, data: { id: 1, vector: [1, 2] } }),
  });
}

async function find(provider: string, secret: string) {
  return app.store.credentials.findCaller(provider, secret, new Date());
}

describe("the credentials of a definition", () => {
  test("are stored as credentials and not in the definition", async () => {
    const collection = await app.manageCollections.create(systemRequest, "milvus", {
      collectionName: "one",
      fields,
      users: [{ name: "ann", password: "a:b" }],
      tokens: { key: { privileges: ["Insert"], databases: ["other"] } },
    });
    expect(JSON.stringify(collection.definition)).not.toMatch(/ann|a:b|tokens/);
    expect(await find("milvus", "ann:a:b")).toEqual({ principal: "ann", scopes: "all", grants: "all" });
    expect(await find("zilliz", "ann:a:b")).toBeUndefined();
    expect((await insert("one", "Bearer ann:a:b")).status).toBe(200);
    expect((await insert("one", `Basic ${btoa("ann:a:b")}`)).status).toBe(200);
    expect((await insert("one", "ann:a:b")).status).toBe(200);
    expect((await insert("one", "Bearer key")).status).toBe(403);
    expect((await insert("one", "Bearer nobody")).status).toBe(401);
  });

  test("are read from the members of each provider", async () => {
    await app.grantAccess("altatech", { tokens: { "app-1": {} }, bot_id: "b" });
    await app.grantAccess("redivis", { tokens: { r: { scope: ["data.edit"], canEdit: ["demo"] } }, owner: "ignored" });
    await app.grantAccess("dingtalk", { tokens: { d: {} }, apps: [{ appKey: "k", appSecret: "s" }] });
    expect(await find("altatech", "app-1")).toEqual({ principal: "b", scopes: "all", grants: ["b"] });
    expect(await find("redivis", "r")).toMatchObject({ scopes: ["data.edit"], grants: ["demo"] });
    expect((await find("redivis", "r"))?.principal).not.toBe("r");
    expect(await find("dingtalk", "d")).toMatchObject({ scopes: ["Notable.Base.Read.All", "Notable.Base.Write.All"] });
    expect(await find("dingtalk", "k\ns")).toMatchObject({ principal: "k" });
  });

  test("are refused as data when they are invalid, and nothing is created", async () => {
    const made = app.manageCollections.create(systemRequest, "milvus", {
      collectionName: "two",
      fields,
      users: [{ name: "a:b", password: "" }],
    });
    await expect(made).rejects.toThrow(ProviderFailure);
    await expect(made).rejects.toMatchObject({
      details: { kind: "invalid-input", violations: [{ field: "users.0.name" }, { field: "users.0.password" }] },
    });
    expect(await (await insert("two", "Bearer ann:a:b")).json()).toMatchObject({ code: 100 });
  });

  test.each([
    ["redivis", { tokens: { hunter2: { scope: "x" } } }, "tokens.0.scope"],
    ["dingtalk", { tokens: { good: {}, hunter2: { scope: [] } } }, "tokens.1"],
    ["altatech", { tokens: { hunter2: { bot: 1 } } }, "tokens.0"],
    ["milvus", { users: [{ name: "ann", password: "hunter2", privileges: 1 }] }, "users.0.privileges"],
  ])("are not part of the message that refuses them: %s", async (provider, definition, field) => {
    const granted = app.manageCollections.ensure(systemRequest, provider, definition);
    await expect(granted).rejects.toMatchObject({ details: { violations: [{ field }] } });
    await expect(granted).rejects.not.toThrow(/hunter2/);
  });

  test("replace an older password or secret of the same name", async () => {
    for (const password of ["old", "new"])
      await app.grantAccess("milvus", { users: [{ name: "eve", password }], tokens: { [password]: {} } });
    for (const appSecret of ["old", "new"]) await app.grantAccess("dingtalk", { apps: [{ appKey: "e", appSecret }] });
    const known = await Promise.all(["eve:old", "eve:new", "old", "new"].map((secret) => find("milvus", secret)));
    expect(known.map((caller) => caller !== undefined)).toEqual([false, true, true, true]);
    expect(await Promise.all([find("dingtalk", "e\nold"), find("dingtalk", "e\nnew")])).toMatchObject([
      undefined,
      { principal: "e" },
    ]);
  });

  test("are not part of GraphQL: its inputs and answers hold no secrets", async () => {
    const { errors } = await app.graphql(
      `mutation { createCollection(input: { definition: { milvus: { collectionName: "x", fields: [], users: [] } } }) { __typename } }`,
    );
    expect(errors?.[0]?.message).toContain('"users" is not defined');
  });
});
