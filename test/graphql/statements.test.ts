import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Collection } from "../../src/core/collection.js";
import { openTestApp, type OpenTestApp } from "../service/open-test-app.js";

/** How many statements reach the database; the least of three runs, for the queue looks for tasks in between. */
async function countStatements(
  app: OpenTestApp,
  query: string,
): Promise<{ readonly count: number; readonly data: string }> {
  const statements = vi.spyOn(PGlite.prototype, "query");
  try {
    const counts: number[] = [];
    let answer = "";
    for (let run = 0; run < 3; run += 1) {
      statements.mockClear();
      const { data, errors } = await app.graphql(query);
      expect(errors).toBeUndefined();
      counts.push(statements.mock.calls.length);
      answer = JSON.stringify(data);
    }
    return { count: Math.min(...counts), data: answer };
  } finally {
    statements.mockRestore();
  }
}

describe("statements of a query", () => {
  let app: OpenTestApp;

  beforeAll(async () => {
    app = await openTestApp({ environment: { IMPORT_POLL_MS: "60000" } });
    const { collections, records, tasks } = app.store;
    const made: Collection[] = [];
    for (let index = 0; index < 50; index += 1) {
      const { collection } = await collections.createCollection({
        provider: "milvus",
        space: { name: "s", definition: {} },
        name: `c${index}`,
        definition: {},
      });
      await records.insert({ collection, records: [1, 2, 3, 4].map((n) => ({ key: `${index}.${n}`, fields: {} })) });
      made.push(collection);
    }
    for (const [index, collection] of made.slice(0, 10).entries()) {
      const taskId = `task ${index}`;
      await tasks.enqueue({ id: taskId, provider: "milvus", collection, payload: [], totalCount: 1 });
      const failures = [{ recordIndex: 0, message: `refused ${index}` }];
      await tasks.finish({
        taskId,
        state: "succeeded",
        batch: { collection, records: [] },
        uniqueValues: [],
        failures,
        failCount: 1,
      });
    }
  });
  afterAll(() => app.close());

  it("are two for 50 collections with three records each", async () => {
    const { count, data } = await countStatements(
      app,
      "{ recordCollections(first: 50) { nodes { name records(first: 3) { nodes { key } pageInfo { hasNextPage } } } } }",
    );
    expect(data).toContain('{"key":"49.1"},{"key":"49.2"},{"key":"49.3"}],"pageInfo":{"hasNextPage":true}');
    expect(count).toBe(2);
  });

  it("are four for ten tasks with their collections, records and failures", async () => {
    const { count, data } = await countStatements(
      app,
      `{ importTasks(first: 10) { nodes {
        id collection { name records(first: 3) { nodes { key } } } failures { nodes { message } } } } }`,
    );
    expect(data).toContain('"failures":{"nodes":[{"message":"refused 9"}]}');
    expect(data).toContain('{"key":"0.3"}');
    expect(count).toBe(4);
  });

  it("are two for ten mirrored tasks with their failures", async () => {
    const { tasks } = app.store;
    for (let index = 0; index < 10; index += 1) {
      const [taskId, mirrors] = [`mirror ${index}`, { upstream: "default", id: "up" }];
      await tasks.mirror({ id: taskId, provider: "altatech", mirrors, totalCount: 1 });
      await tasks.finishMirror({ taskId, state: "succeeded", failures: [{ message: `dropped ${index}` }] });
    }
    const { count, data } = await countStatements(
      app,
      "{ importTasks(first: 10) { nodes { upstreamTaskId collection { name } failures { nodes { message } } } } }",
    );
    expect(data).toContain('{"upstreamTaskId":"up","collection":null,"failures":{"nodes":[{"message":"dropped 9"}]}}');
    expect(count).toBe(2);
  });
});

it("upserts of different keys that arrive together share statements", async () => {
  const app = await openTestApp();
  const vector = { name: "vector", type: "FloatVector", dim: 2 };
  const fields = [{ name: "id", type: "Int64", primary: true }, vector];
  const create = `mutation ($d: CollectionDefinition!) { createCollection(input: { definition: $d }) { __typename } }`;
  await app.graphql(create, { d: { milvus: { collectionName: "book", fields, dynamic: true } } });
  const upsert = `mutation ($records: [JSONObject!]!) {
    upsertEntities(input: { target: { milvus: { collectionName: "book" } }, records: $records }) {
      ... on UpsertEntitiesSuccess { upsertedCount }
    }
  }`;
  const statements = vi.spyOn(PGlite.prototype, "query");
  try {
    const ids = Array.from({ length: 40 }, (_each, id) => id);
    const answers = await Promise.all(ids.map((id) => app.graphql(upsert, { records: [{ id, vector: [0, 1] }] })));
    expect(answers.map(({ data }) => data)).toEqual(ids.map(() => ({ upsertEntities: { upsertedCount: 1 } })));
    const upserts = statements.mock.calls.filter(([text]) => text.includes("upsert_records"));
    expect(upserts.length).toBeLessThan(ids.length / 2);
  } finally {
    statements.mockRestore();
    await app.close();
  }
});
