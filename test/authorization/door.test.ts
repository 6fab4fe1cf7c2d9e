import { describe, expect, test } from "vitest";
import type { KeyScope } from "../../src/core/access/caller.js";
import { systemRequest } from "../../src/core/request-scope.js";
import { StoreUnavailableError } from "../../src/core/store.js";
import { exchange } from "../http/raw-http.js";
import { serve } from "../http/serve.js";
import { useGuarded } from "./use-guarded.js";

const query = "{ recordProviders { id } }";

describe("the door of /graphql", () => {
  const { app, keyFor, ask, post } = useGuarded({
    prepare: ({ manageCollections }) =>
      manageCollections.ensure(systemRequest, "milvus", { users: [{ name: "jürgen", password: "pä:ss wort" }] }),
  });
  const url = async () => (await app().listen()).url;

  test("is closed without a credential, and says which one it wants", async () => {
    const response = await post({}, { query });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(await response.json()).toEqual({
      errors: [
        {
          message: "a credential is needed: send a key, or a provider's own credential, as `Authorization: Bearer …`",
          extensions: { code: "UNAUTHENTICATED" },
        },
      ],
    });
  });

  test("opens to a key, in any case of the word Bearer", async () => {
    const key = await keyFor({});
    for (const authorization of [`Bearer ${key}`, `bearer ${key}`, `BEARER   ${key}  `])
      expect((await post({ authorization }, { query })).status).toBe(200);
  });

  test("stays closed for a key in another form or at another place", async () => {
    const key = await keyFor({});
    const attempts: readonly Readonly<Record<string, string>>[] = [
      { authorization: key },
      { authorization: `Basic ${btoa(`:${key}`)}` },
      { authorization: `Bearer ${key.slice(0, -1)}` },
      { authorization: `Bearer ${key}x` },
      { authorization: `Bearer ${key.slice(0, 20)} ${key.slice(20)}` },
      { authorization: `Bearer ${key.toUpperCase()}` },
      { authorization: `Bearer ${key},${key}` },
      { "proxy-authorization": `Bearer ${key}` },
      { "x-acs-dingtalk-access-token": key },
      { cookie: `authorization=Bearer ${key}` },
    ];
    for (const headers of attempts) expect([headers, (await post(headers, { query })).status]).toEqual([headers, 401]);
    const preflighted = { "apollo-require-preflight": "1" };
    const inQuery = `/graphql?query=${encodeURIComponent(query)}&access_token=${key}&authorization=Bearer%20${key}`;
    expect((await app().fetch(inQuery, { headers: preflighted })).status).toBe(401);
    expect((await app().fetch(inQuery, { headers: { ...preflighted, authorization: `Bearer ${key}` } })).status).toBe(
      200,
    );
  });

  test("counts the first of two Authorization headers alone", async () => {
    const key = await keyFor({});
    const body = JSON.stringify({ query });
    const send = async (...lines: readonly string[]) =>
      exchange(await url(), [
        `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n` +
          `connection: close\r\n${lines.map((line) => `${line}\r\n`).join("")}\r\n${body}`,
      ]);
    expect(await send("authorization: Bearer wrong", `authorization: Bearer ${key}`)).toMatch(/^HTTP\/1\.1 401 /);
    expect(await send(`authorization: Bearer ${key}`)).toMatch(/^HTTP\/1\.1 200 /);
  });

  test("answers before the body arrives, however large it is said to be", async () => {
    const head = (authorization: string) =>
      `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 90000000\r\n${authorization}\r\n`;
    const answer = await exchange(await url(), [head("authorization: Bearer nobody\r\n")]);
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    // A known caller is waited for.
    expect(await exchange(await url(), [head(`authorization: Bearer ${await keyFor({})}\r\n`)])).toBe("");
  });

  test("leaves the page, the index and the health open, and refuses what they lead to", async () => {
    const page = await app().fetch("/graphql", { headers: { accept: "text/html" }, redirect: "manual" });
    expect([page.status, page.headers.get("location")]).toEqual([302, "graphiql"]);
    expect((await app().fetch("/health")).status).toBe(200);
    expect((await app().fetch("/")).status).toBe(200);
    const asked = `/graphql?query=${encodeURIComponent(query)}`;
    const html = { accept: "text/html", "apollo-require-preflight": "1" };
    expect((await app().fetch(asked, { headers: html })).status).toBe(401);
    expect((await app().fetch(asked.replace("query=", "%71uery="), { headers: html })).status).toBe(401);
    expect((await app().fetch("/graphql", { method: "POST", headers: html, body: "{}" })).status).toBe(401);
  });

  test("reads a name and a password in UTF-8, as the provider's face does", async () => {
    const raw = Buffer.from("Bearer jürgen:pä:ss wort").toString("latin1");
    expect((await post({ authorization: raw }, { query })).status).toBe(200);
    const { status } = await app().fetch("/milvus/v1/vector/collections", { headers: { authorization: raw } });
    expect(status).toBe(200);
  });

  test("refuses an operation without HTTP, which has no credential", async () => {
    expect(await app().graphql(query)).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(await ask(await keyFor({}), query)).toHaveProperty("recordProviders");
  });

  test("says that the database is lost, not that the credential is wrong", async () => {
    const identify = () => Promise.reject(new StoreUnavailableError("gone", "not-applied"));
    const served = await serve({ door: { identify } });
    try {
      const { status, body } = await served.ask({ query }, { authorization: "Bearer any" });
      expect([status, body]).toMatchObject([503, { errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] }]);
    } finally {
      await served.close();
    }
  });
});

describe("a key with strange scopes opens nothing more", () => {
  const { app, keyFor, ask } = useGuarded({
    prepare: ({ manageCollections }) =>
      manageCollections.create(systemRequest, "milvus", {
        collectionName: "books",
        fields: [
          { name: "id", type: "Int64", primary: true },
          { name: "vector", type: "FloatVector", dim: 2 },
        ],
      }),
  });
  const count = async (secret: string) =>
    JSON.stringify(await ask(secret, "{ recordCollections { nodes { name } } }")).includes("books");

  test.each([
    [{ provider: "__proto__" }],
    [{ provider: "constructor" }],
    [{ provider: "milvus", space: "__proto__" }],
    [{ provider: "milvus", space: "" }],
    [{ provider: "milvus", space: "defaul_" }],
    [{ provider: "milvus", space: "%" }],
    [{ provider: "milvus", upstream: "__proto__" }],
    [{ provider: "MILVUS" }],
  ])("%j", async (scope) => {
    expect(await count(await keyFor(scope))).toBe(false);
    expect(await count(await keyFor({ provider: "milvus", space: "default" }))).toBe(true);
  });

  test("also when a newer version stored a member that this one does not know", async () => {
    const scopes = [{ provider: "milvus", table: "books" }, { operation: "everything" }, { space: null }];
    // The type of a scope has no such members; the column is JSON.
    const secret = await keyFor(...(scopes as unknown as readonly KeyScope[]));
    expect(await count(secret)).toBe(false);
    expect(await app().store.keys.findKey(secret, new Date())).toMatchObject({ scopes: [] });
  });
});
