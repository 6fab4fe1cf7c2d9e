import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/host/settings/config.js";
import type { KeyScope } from "../../src/core/access/caller.js";
import { systemRequest } from "../../src/core/request-scope.js";
import * as registry from "../../src/providers/registry.js";
import { deleteText, insertText, useGuarded } from "./use-guarded.js";

const sent: Headers[] = [];
const remote: typeof fetch = async (_url, init) => {
  sent.push(new Headers(init?.headers));
  return Response.json({ code: 200, data: { insertCount: 1, insertIds: [1] } });
};
const row = { id: 1, vector: [1, 2] };

const { app, keyFor, resultOf, ask } = useGuarded({
  environment: { MILVUS_BASE_URL: "http://milvus.example", MILVUS_TOKEN: "root:Remote" },
  fetch: remote,
  prepare: async ({ store, manageCollections }) => {
    await manageCollections.ensure(systemRequest, "zilliz", {
      collectionName: "books",
      fields: [
        { name: "id", type: "Int64", primary: true },
        { name: "vector", type: "FloatVector", dim: 2 },
      ],
    });
    // The embedded service behind Milvus' face has collections and users of its own.
    const space = { name: "default", definition: {} };
    await store.collections.createCollection({ provider: "milvus", space, name: "books", definition: {} });
    await app().grantAccess("milvus", { users: [{ name: "root", password: "Own" }] });
  },
});

const insertAs = (secret: string, dbName?: string) =>
  resultOf(secret, insertText, {
    input: {
      target: { milvus: { collectionName: "books", ...(dbName !== undefined && { dbName }) } },
      records: [row],
    },
  });

describe("a remote provider", () => {
  test.each<[string, readonly KeyScope[], string | undefined]>([
    ["one that opens everything embedded", [{}], undefined],
    ["one that names the provider, whose upstream is then the embedded one", [{ provider: "milvus" }], undefined],
    ["one of another remote provider", [{ provider: "zilliz", upstream: "default" }], undefined],
    ["one that may read", [{ provider: "milvus", upstream: "default", operation: "read" }], undefined],
    ["one that may manage", [{ provider: "milvus", upstream: "default", operation: "manage" }], undefined],
    ["one of another database", [{ provider: "milvus", upstream: "default", space: "sales" }], "other"],
    [
      "one of a database, for the default one",
      [{ provider: "milvus", upstream: "default", space: "sales" }],
      undefined,
    ],
  ])("refuses a key that does not name it: %s", async (_name, scopes, dbName) => {
    sent.length = 0;
    expect(await insertAs(await keyFor(...scopes), dbName)).toMatchObject({
      __typename: "WritePermissionDeniedError",
      outcome: "NOT_APPLIED",
    });
    expect(sent).toEqual([]);
  });

  test.each<[string, KeyScope, string | undefined]>([
    ["all of it", { provider: "milvus", upstream: "default" }, undefined],
    ["writing", { provider: "milvus", upstream: "default", operation: "write" }, "sales"],
    ["a database", { provider: "milvus", upstream: "default", space: "sales" }, "sales"],
    ["the default database", { provider: "milvus", upstream: "default", space: "default" }, undefined],
  ])("takes a key that names it, for %s, and sends the program's own secret", async (_name, scope, dbName) => {
    sent.length = 0;
    expect(await insertAs(await keyFor(scope), dbName)).toMatchObject({ __typename: "InsertRecordsSuccess" });
    expect(sent.map((headers) => headers.get("authorization"))).toEqual(["Bearer root:Remote"]);
  });

  test("refuses the contract's own credentials, which hold for the embedded service only", async () => {
    sent.length = 0;
    expect(await insertAs("root:Own")).toMatchObject({ __typename: "WritePermissionDeniedError" });
    expect(sent).toEqual([]);
    await expect(insertAs("root:Remote")).rejects.toThrow(/^401 /);
  });

  test("is neither listed nor read nor managed, whatever the key opens", async () => {
    const secret = await keyFor({}, { provider: "milvus", upstream: "default" });
    expect(JSON.stringify(await ask(secret, "{ recordCollections { nodes { provider { id } } } }"))).not.toMatch(
      /milvus/,
    );
    const { items } = await app().store.collections.listCollections(
      { visible: [{ provider: "milvus", spaces: "all" }] },
      { first: 1 },
    );
    const id = items[0]?.id ?? "";
    expect(await ask(secret, "query ($id: ID!) { recordCollection(id: $id) { id } }", { id })).toEqual({
      recordCollection: null,
    });
    expect(await resultOf(secret, deleteText, { id })).toMatchObject({ __typename: "WriteInvalidInputError" });
    const stranger = await keyFor({ provider: "zilliz" });
    expect(await resultOf(stranger, deleteText, { id })).toMatchObject({ __typename: "WriteNotFoundError" });
  });

  test("shows mode and state of its calls to every known caller, and to no other", async () => {
    const query = '{ recordProvider(id: "milvus") { mode upstreams { callsInFlight lastFailure { kind } } } }';
    const shown = { recordProvider: { mode: "REMOTE", upstreams: [{ callsInFlight: 0, lastFailure: null }] } };
    expect(await ask(await keyFor({ provider: "zilliz" }), query)).toEqual(shown);
    expect(await ask("root:Own", query)).toEqual(shown);
    await expect(ask("unknown", query)).rejects.toThrow(/^401 /);
  });

  test("has a face that the embedded service answers, to its own credentials and never to the remote secret", async () => {
    const status = async (secret: string) =>
      (await app().fetch("/milvus/v1/vector/collections", { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await status("root:Own")).toBe(200);
    expect(await status("root:Remote")).toBe(401);
  });
});

describe("an embedded provider", () => {
  test("uses no secret of the environment: the caller of the request alone decides", async () => {
    const stranger = await keyFor({ provider: "altatech" });
    const target = { zilliz: { collectionName: "books" } };
    expect(await resultOf(stranger, insertText, { input: { target, records: [row] } })).toMatchObject({
      __typename: "WriteNotFoundError",
    });
  });

  test.each(Object.keys(registry))("does not start with a secret and without an address: %s", (id) => {
    const name = id.toUpperCase();
    const read = (environment: Readonly<Record<string, string>>) => () =>
      readConfig(environment, Object.values(registry));
    expect(read({ [`${name}_TOKEN`]: "hunter2" })).toThrow(`${name}_BASE_URL is not set`);
    expect(read({ [`${name}_TOKEN`]: "hunter2" })).not.toThrow("hunter2");
    expect(read({ [`${name}_TOKEN`]: "hunter2", [`${name}_BASE_URL`]: "http://127.0.0.1:1" })).not.toThrow();
  });
});
