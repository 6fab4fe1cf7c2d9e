import type { Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { describe, expect, test, vi } from "vitest";
import {
  importInput,
  importText,
  openRemoteApp,
  openTaskService,
  replyTo,
  upstreamId,
} from "../remote/task-service.js";
import { openTestApp } from "../service/open-test-app.js";
import { RequestScope } from "../../src/core/request-scope.js";
import type { Log } from "../../src/core/log.js";

const raised = { GRAPHQL_MAX_ALIASES: "10000", GRAPHQL_MAX_ROOT_FIELDS: "10000", GRAPHQL_MAX_NODES: "10000000" };

const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_item, index) => each(index)).join(" ");

describe("an operation whose client has left", () => {
  test.each([
    ["3,000 reads", `{ ${many(3000, (index) => `a${index}: recordCollections(first: 1) { nodes { id } }`)} }`],
    [
      "3,000 writes",
      `mutation { ${many(3000, (index) => `a${index}: deleteCollection(id: "00000000-0000-4000-8000-000000000000") { __typename }`)} }`,
    ],
  ])("stops soon, and nothing is logged: %s", async (_name, query) => {
    const logged: unknown[] = [];
    const write = (details: object, message: string) => void logged.push([details, message]);
    const log: Log = { info: write, warn: write, error: write };
    const app = await openTestApp({ environment: { ...raised, IMPORT_POLL_MS: "60000" }, log });
    const statements = vi.spyOn(PGlite.prototype, "query");
    try {
      await app.listen();
      const client = new AbortController();
      const sent = app.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
        signal: client.signal,
      });
      await expect.poll(() => statements.mock.calls.length, { interval: 1 }).toBeGreaterThan(3);
      client.abort();
      await expect(sent).rejects.toThrow();
      // Statements of other requests are answered after all that were waiting.
      for (let round = 0; round < 20; round += 1) expect((await app.fetch("/health")).status).toBe(200);
      const count = statements.mock.calls.length;
      for (let round = 0; round < 5; round += 1) await app.fetch("/health");
      expect(statements.mock.calls.length - count).toBeLessThanOrEqual(5);
      expect(count).toBeLessThan(2000);
      expect(logged).toEqual([]);
    } finally {
      statements.mockRestore();
      await app.close();
    }
  });
});

test("a REST call whose client has left before its first statement fails without a line in the log", async () => {
  const logged: unknown[] = [];
  const write = (details: object, message: string) => void logged.push([details, message]);
  const app = await openTestApp({ samples: true, log: { info: write, warn: write, error: write } });
  const body = { kind: "value", value: { collectionName: "quick_start", data: [{ id: 1 }] }, bytes: 50 } as const;
  const scope = new RequestScope();
  scope.leave();
  const reply = await app.router("zilliz")({
    method: "POST",
    path: "/v1/vector/insert",
    query: {},
    headers: { authorization: "Bearer any" },
    body,
    scope,
  });
  expect(JSON.stringify(reply.body)).not.toContain("insertCount");
  expect(reply.violations).toBeUndefined();
  expect(logged).toEqual([]);
  await app.close();
});

test("a task of a real service that accepts the records after the client has left is stored", async () => {
  const waiting: Socket[] = [];
  const service = await openTaskService();
  service.server.become({ answer: (socket) => void waiting.push(socket) });
  const app = await openRemoteApp(service, { environment: { ALTATECH_HEADERS_TIMEOUT_MS: "15000" } });
  await app.listen();
  const client = new AbortController();
  const sent = app.fetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: importText, variables: { input: importInput } }),
    signal: client.signal,
  });
  await expect.poll(() => waiting.length).toBe(1);
  client.abort();
  await expect(sent).rejects.toThrow();
  // The server sees the disconnect before it answers another request.
  expect((await app.fetch("/health")).status).toBe(200);
  for (const socket of waiting) replyTo(socket, { code: 0, message: "OK", data: [upstreamId] });
  const list = async () => (await app.graphql("{ importTasks(first: 2) { nodes { upstreamTaskId } } }")).data;
  await expect.poll(list, { timeout: 20_000 }).toEqual({ importTasks: { nodes: [{ upstreamTaskId: upstreamId }] } });
  await app.close();
});
