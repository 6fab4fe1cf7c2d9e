import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { ExecuteWrite } from "../../src/contract/data-source.js";
import { ProviderFailure } from "../../src/core/failure.js";
import { exchange, post } from "./raw-http.js";
import { insertOf } from "./serve.js";
import { callToy, useServed } from "./use-served.js";

const open = useServed();
const query = "{ recordProviders { id } }";

describe("/graphql", () => {
  it("answers queries by GET only to clients that cannot be forged", async () => {
    const { url } = await open();
    const address = `${url}/graphql?query=${encodeURIComponent(query)}`;
    expect((await fetch(address)).status).toBe(400);
    const response = await fetch(address, { headers: { "apollo-require-preflight": "1" } });
    expect(await response.json()).toEqual({ data: { recordProviders: [{ id: "shelf" }] } });
    const mutation = `${url}/graphql?query=${encodeURIComponent('mutation { deleteCollection(id: "x") { __typename } }')}`;
    expect((await fetch(mutation, { headers: { "apollo-require-preflight": "1" } })).status).toBe(405);
    const deep = await fetch(`${url}/graphql?query=${encodeURIComponent("{a".repeat(1000))}`, {
      headers: { "apollo-require-preflight": "1" },
    });
    expect(await deep.json()).toMatchObject({ errors: [{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }] });
  });

  it("judges the variables of a GET by their digits", async () => {
    const { url } = await open();
    const get = async (first: string) => {
      const search = new URLSearchParams({
        query: "query ($first: Int) { recordCollections(first: $first) { nodes { id } } }",
        variables: `{"first":${first}}`,
      });
      const reply = await fetch(`${url}/graphql?${search.toString()}`, {
        headers: { "apollo-require-preflight": "1" },
      });
      return reply.json();
    };
    expect(await get("2.0000000000000000001")).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
    expect(JSON.stringify(await get("2.0"))).not.toContain("BAD_USER_INPUT");
  });

  it.each(["HEAD", "PUT", "PATCH", "DELETE"])("has no %s", async (method) => {
    const { url } = await open();
    const response = await fetch(`${url}/graphql`, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("GET, POST");
  });

  it("tells OPTIONS what it takes", async () => {
    const { url } = await open();
    const response = await fetch(`${url}/graphql`, { method: "OPTIONS" });
    expect([response.status, response.headers.get("allow")]).toEqual([204, "GET, POST"]);
  });

  it.each([
    ["application/json", 200],
    ["*/*", 200],
    ["application/graphql-response+json", 400],
    ["application/graphql-response+json, application/json;q=0.9", 400],
  ])("answers an invalid operation to %s with %d", async (accept, status) => {
    const { ask } = await open();
    for (const text of [
      "{",
      "{ nothing }",
      "query A { __typename } query B { __typename }",
      "query ($id: ID!) { recordProvider(id: $id) { id } }",
    ]) {
      const answer = await ask({ query: text }, { accept });
      expect([answer.status, answer.headers.get("content-type")?.split(";")[0]]).toEqual([
        status,
        status === 200 ? "application/json" : "application/graphql-response+json",
      ]);
    }
  });

  it("answers integers beyond 2^53 - 1 as text", async () => {
    const { ask } = await open({
      world: {
        collections: [
          {
            id: "c",
            provider: "shelf",
            spaceId: "s",
            spaceName: "s",
            name: "n",
            definition: { max: 9223372036854775807n },
            version: 1,
            spaceVersion: 1,
            createdAt: new Date(0),
          },
        ],
      },
    });
    expect((await ask({ query: `{ recordCollection(id: "c") { definition } }` })).body).toEqual({
      data: { recordCollection: { definition: { max: "9223372036854775807" } } },
    });
  });

  it("masks a defect, with 200 and null where the answer would be", async () => {
    const { ask, world } = await open({ world: { broken: new Error("secret") } });
    const answer = await ask({ query: `{ recordCollection(id: "c") { id } }` });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        data: { recordCollection: null },
        errors: [{ message: "internal error", extensions: { code: "INTERNAL_SERVER_ERROR" } }],
      },
    });
    expect(world.logged).toHaveLength(1);
  });

  it("finishes a write whose client has gone", async () => {
    let finished = false;
    let aborted = false;
    const insertRecords = async (_command: unknown, signal: AbortSignal | undefined) => {
      await wait(300);
      finished = true;
      aborted = signal?.aborted === true;
      return { status: "stored", count: 1, skippedCount: 0, warnings: [] } as const;
    };
    const { url } = await open({ world: { dataSource: { insertRecords } } });
    await exchange(url, [post(insertOf("[{}]"))], { silenceMs: 100 });
    expect(finished).toBe(false);
    await expect.poll(() => finished).toBe(true);
    expect(aborted).toBe(false);
  });

  it("does not begin a write whose client has gone", async () => {
    const outcomes: string[] = [];
    /** Answers when the client has gone, which the second write then has not begun. */
    const write = callToy(async ({ begin }) => {
      begin?.();
      await gone;
      return { status: 200, headers: {}, body: { count: 1 } };
    });
    let gone: Promise<unknown> | undefined;
    const insertRecords: ExecuteWrite = async (command, signal) => {
      if (command.origin === undefined) throw new Error("a face tells the origin of a write");
      gone ??= once(command.origin.scope.left, "abort");
      try {
        return await write(command, signal);
      } catch (error) {
        outcomes.push(error instanceof ProviderFailure ? error.details.message : "a defect");
        throw error;
      } finally {
        outcomes.push("done");
      }
    };
    const { url } = await open({ world: { dataSource: { insertRecords } } });
    const field = `insertRecords(input: { target: { shelf: { shelf: "books" } }, records: [{}] }) { __typename }`;
    await exchange(url, [post(JSON.stringify({ query: `mutation { one: ${field} two: ${field} }` }))], {
      silenceMs: 100,
    });
    await expect.poll(() => outcomes).toEqual(["done", "shelf: the caller disconnected before the call began", "done"]);
  });

  it("takes no part of a body whose client has gone", async () => {
    const { url, world, ask } = await open();
    await exchange(url, [post(insertOf("[{}]"), { "content-length": "100000" })], { silenceMs: 50 });
    await wait(50);
    expect(world.commands).toEqual([]);
    expect((await ask({ query })).status).toBe(200);
  });
});
