import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, type TestApp } from "recordgate";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp({ samples: true });
});
afterAll(() => app.close());

test("the samples are there", async () => {
  const { data } = await app.graphql("{ recordCollections(first: 50) { edges { node { name } } } }");
  expect(JSON.stringify(data)).toContain("quick_start");
});

test("a record is stored in one of them", async () => {
  const { data } = await app.graphql(
    `mutation { insertRecords(input: { target: { zilliz: { collectionName: "quick_start" } },
      records: [{ id: 1, title: "Dune", vector: [0.1, 0.2, 0.3, 0.4] }] }) { __typename } }`,
  );
  expect(data).toEqual({ insertRecords: { __typename: "InsertRecordsSuccess" } });
});
