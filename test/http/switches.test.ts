import { describe, expect, test } from "vitest";
import { useApp } from "../service/use-app.js";
import { useServed } from "./use-served.js";

const browser = { accept: "text/html,*/*;q=0.8" };
const json = { "content-type": "application/json" };

describe("with GRAPHIQL=off", () => {
  const app = useApp({ environment: { GRAPHIQL: "off" } });

  test.each(["/graphiql", "/graphiql/", "/graphiql/assets/index.js"])("%s is not served", async (path) => {
    expect((await app().fetch(path, { redirect: "manual" })).status).toBe(404);
  });

  test("a browser is not led to the page, and the index does not name it", async () => {
    for (const path of ["/", "/graphql"])
      expect((await app().fetch(path, { headers: browser, redirect: "manual" })).status).not.toBe(302);
    expect(await (await app().fetch("/")).json()).not.toHaveProperty("graphiql");
  });

  test("GraphQL answers as before", async () => {
    const response = await app().fetch("/graphql", {
      method: "POST",
      headers: json,
      body: '{"query":"{ __typename }"}',
    });
    expect(await response.json()).toEqual({ data: { __typename: "Query" } });
  });
});

describe("by default", () => {
  const app = useApp();

  test("the page has its address, and a browser is led there", async () => {
    expect(await (await app().fetch("/")).json()).toHaveProperty("graphiql");
    for (const path of ["/", "/graphql"])
      expect((await app().fetch(path, { headers: browser, redirect: "manual" })).status).toBe(302);
  });

  test("several operations in one body are refused: each would have its own limits", async () => {
    const body = JSON.stringify([{ query: "{ __typename }" }, { query: "{ __typename }" }]);
    const response = await app().fetch("/graphql", { method: "POST", headers: json, body });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).not.toContain('"Query"');
  });
});

describe("an operation over a limit", () => {
  const useServer = useServed();
  const query = "{ a: __typename b: __typename }";

  test.each([
    ["application/graphql-response+json", 400],
    ["application/json", 200],
  ])("is answered to a client that accepts %s with the status %d and its numbers", async (accept, status) => {
    const served = await useServer({ world: { settings: { GRAPHQL_MAX_ALIASES: "1" } } });
    const answer = await served.ask({ query }, { accept });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      errors: [
        {
          message: "the operation has 2 aliases, and at most 1 are allowed",
          extensions: { code: "OPERATION_LIMIT_EXCEEDED", which: "aliases", limit: 1, actual: 2 },
        },
      ],
    });
  });
});
