import { expect, test } from "vitest";
import { createCollection, errorFields, readAll, request, resultOf } from "../graphql-request.js";
import { startProgram } from "../program.js";
import { withDatabase } from "./database.js";

const keys = Array.from({ length: 50 }, (_, index) => index);

test("leaves one entity a key after 16 writers upserted 50 keys for 10 s", { timeout: 120_000 }, async () => {
  await withDatabase(async (databaseUrl) => {
    const { url, stop } = await startProgram({ DATABASE_URL: databaseUrl });
    try {
      const collection = await createCollection(url, {
        milvus: {
          collectionName: "busy",
          fields: [
            { name: "id", type: "Int64", primary: true },
            { name: "vector", type: "FloatVector", dim: 2 },
          ],
          dynamic: true,
        },
      });
      const until = Date.now() + 10_000;
      const written = await Promise.all(Array.from({ length: 16 }, (_, writer) => upsertUntil(url, writer, until)));
      const ids = (await readAll(url, collection)).map(({ id }) => Number(id)).sort((a, b) => a - b);
      console.log(
        `16 writers: ${written.reduce((sum, count) => sum + count, 0)} upserts of 50 keys, ${ids.length} entities`,
      );
      expect(ids).toEqual(keys);
    } finally {
      await stop("SIGTERM");
    }
  });
});

async function upsertUntil(url: string, writer: number, until: number): Promise<number> {
  const mutation = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { __typename ${errorFields} } }`;
  let count = 0;
  while (Date.now() < until) {
    const order = [...keys].sort(() => Math.random() - 0.5);
    const records = order.map((id) => ({ id, vector: [writer, count], writer }));
    const result = resultOf(
      await request(url, mutation, { input: { target: { milvus: { collectionName: "busy" } }, records } }),
    );
    if (result["__typename"] !== "UpsertEntitiesSuccess") throw new Error(JSON.stringify(result));
    count += 1;
  }
  return count;
}
