import { systemRequest } from "../../../src/core/request-scope.js";
import { expect, test } from "vitest";
import { createKeySecret } from "../../../src/application/access/key-secret.js";
import { openTestApp } from "../../service/open-test-app.js";
import { withDatabase } from "./database.js";

const collectionName = "rated";
const records = Array.from({ length: 500 }, (_, id) => ({ id, vector: [0, 1] }));
const mutation = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) {
  __typename ... on WriteError { message } ... on WriteRateLimitedError { retryAfterMs } } }`;

test("what a key uses in one replica is missing in the other", { timeout: 60_000 }, async () => {
  await withDatabase(async (databaseUrl) => {
    const environment = {
      DATABASE_URL: `${databaseUrl}?schema=gate`,
      AUTHORIZATION: "on",
      KEY_RECORDS_PER_SECOND: "1",
      KEY_REQUESTS_PER_SECOND: "1000",
    };
    const [one, other] = [await openTestApp({ environment }), await openTestApp({ environment })];
    try {
      const secret = createKeySecret();
      const { id } = await one.store.keys.createKey({ name: "tester", secret, scopes: [{}] });
      await one.manageCollections.create(systemRequest, "milvus", {
        collectionName,
        fields: [
          { name: "id", type: "Int64", primary: true },
          { name: "vector", type: "FloatVector", dim: 2 },
        ],
      });
      const headers = { "content-type": "application/json", authorization: `Bearer ${secret}` };
      const ask = async (app: typeof one, query: string) => {
        const body = JSON.stringify({
          query,
          variables: { input: { target: { milvus: { collectionName } }, records } },
        });
        return await (await app.fetch("/graphql", { method: "POST", headers, body })).json();
      };
      // 500 records use up 500 s: longer than this test runs.
      expect(await ask(one, mutation)).toMatchObject({
        data: { insertRecords: { __typename: "InsertRecordsSuccess" } },
      });
      expect(await ask(other, mutation)).toMatchObject({
        data: { insertRecords: { __typename: "WriteRateLimitedError", retryAfterMs: expect.any(Number) as number } },
      });
      const face = await other.fetch("/v1/vector/insert", {
        method: "POST",
        headers,
        body: JSON.stringify({ collectionName, data: records.slice(0, 1) }),
      });
      expect(await face.json()).toMatchObject({ code: 8 });
      const retryAfter = Number(face.headers.get("retry-after"));
      expect(retryAfter).toBeGreaterThan(0);
      expect(retryAfter).toBeLessThanOrEqual(500);
      expect(await one.store.records.countRecords(await collectionIds(one))).toEqual([500]);
      // The calls above may have begun a second, and only the beginning of the next one takes an hour.
      await expect
        .poll(async () => {
          await one.store.rates.open({ name: "requests", perSecond: 1000 }).take(id, 1000 * 3600);
          return ask(other, "{ __typename }");
        })
        .toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    } finally {
      await one.close();
      await other.close();
    }
  });
});

async function collectionIds(app: Awaited<ReturnType<typeof openTestApp>>): Promise<readonly string[]> {
  const visible = [{ provider: "milvus", spaces: "all" as const }];
  return (await app.store.collections.listCollections({ visible }, { first: 10 })).items.map(({ id }) => id);
}
