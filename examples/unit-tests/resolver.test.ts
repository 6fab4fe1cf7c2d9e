import { expect, test } from "vitest";
import { createTestApp } from "recordgate";

test("an entity that is upserted is answered by its key", async () => {
  const app = await createTestApp();
  await app.graphql(`mutation ($input: CreateCollectionInput!) { createCollection(input: $input) { __typename } }`, {
    input: {
      definition: {
        milvus: {
          collectionName: "book",
          fields: [
            { name: "id", type: "Int64", primary: true },
            { name: "vector", type: "FloatVector", dim: 2 },
          ],
        },
      },
    },
  });
  const { data } = await app.graphql(
    `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { ... on UpsertEntitiesSuccess { ids } } }`,
    { input: { target: { milvus: { collectionName: "book" } }, records: [{ id: 1, vector: [0.1, 0.2] }] } },
  );
  expect(data).toEqual({ upsertEntities: { ids: ["1"] } });
  await app.close();
});
