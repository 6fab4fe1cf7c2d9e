import { systemRequest } from "../../../src/core/request-scope.js";
import pg from "pg";
import { expect, test, vi } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { openTestApp } from "../../service/open-test-app.js";
import { withDatabase } from "./database.js";

const definition: JsonObject = {
  collectionName: "large",
  fields: [
    { name: "id", type: "Int64", primary: true },
    { name: "title", type: "VarChar", maxLength: 64 },
    { name: "vector", type: "FloatVector", dim: 2 },
  ],
};
const records = Array.from({ length: 5000 }, (_, id) => ({ id, title: `record ${id}`, vector: [id / 7, 0.5] }));
const mutation = {
  query:
    "mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { ... on InsertRecordsSuccess { insertedCount } } }",
  variables: { input: { target: { zilliz: { collectionName: "large" } }, records } },
};

test.each([
  { face: "GraphQL", path: "/graphql", body: mutation, reply: { data: { insertRecords: { insertedCount: 5000 } } } },
  {
    face: "REST",
    path: "/zilliz/v1/vector/insert",
    body: { collectionName: "large", data: records },
    reply: { code: 200, data: { insertCount: 5000 } },
  },
])("5,000 records through $face are inserted by one statement", async ({ path, body, reply }) => {
  await withDatabase(async (url) => {
    const app = await openTestApp({ environment: { DATABASE_URL: url } });
    const query = vi.spyOn(pg.Client.prototype, "query");
    try {
      await app.manageCollections.create(systemRequest, "zilliz", definition);
      query.mockClear();
      const response = await app.fetch(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      expect(await response.json()).toMatchObject(reply);
      // Excludes the statements of the queue, which polls the database.
      const sent = query.mock.calls
        .map(([statement]) => textOf(statement))
        .filter((text) => /\b(?:record|collection|space)\b/.test(text));
      expect(sent.filter((text) => text.includes("INSERT INTO"))).toHaveLength(1);
      expect(sent.length).toBeLessThanOrEqual(2);
    } finally {
      query.mockRestore();
      await app.close();
    }
  });
});

function textOf(statement: unknown): string {
  return typeof statement === "object" && statement !== null && "text" in statement
    ? String(statement.text)
    : String(statement);
}
