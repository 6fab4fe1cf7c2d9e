import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApp, type TestApp } from "../../src/test-app.js";

let app: TestApp;
const limit = 100_000;
const count = 10;

beforeAll(async () => {
  const environment = { REST_MAX_RESPONSE_BYTES: String(limit), GRAPHQL_MAX_RESPONSE_BYTES: String(limit) };
  app = await createTestApp({ environment, samples: true });
  const records = Array.from({ length: count }, (_item, id) => ({
    book_id: id,
    book_title: "large",
    book_intro: [0, 0, 0, 1],
    more: "x".repeat(20_000),
  }));
  const { data } = await app.graphql(
    `mutation ($records: [JSONObject!]!) { insertRecords(input: { target: { milvus: { collectionName: "quick_start" } }, records: $records }) { __typename } }`,
    { records },
  );
  expect(data).toEqual({ insertRecords: { __typename: "InsertRecordsSuccess" } });
});
afterAll(() => app.close());

const ids = Array.from({ length: count }, (_item, id) => id);

async function get(wanted: readonly number[]): Promise<unknown> {
  const response = await app.fetch("/milvus/v1/vector/get", {
    method: "POST",
    body: JSON.stringify({ collectionName: "quick_start", id: wanted }),
  });
  return response.json();
}

describe("an answer that would be larger than the server allows", () => {
  test("is refused by a row of the REST face, and a smaller one is given", async () => {
    expect(await get(ids.slice(0, 3))).toMatchObject({ code: 200, data: { length: 3 } });
    expect(await get(ids)).toEqual({
      code: 1100,
      message: expect.stringMatching(
        /^the records of the answer have 20\d{4} bytes or more, and at most 100000 are allowed: ask for fewer$/,
      ) as string,
    });
  });

  test("is refused by GraphQL with its numbers, for eight clients at once", async () => {
    const query = `{ recordCollections(provider: "milvus") { nodes { records(first: 1000) { nodes { fields } } } } }`;
    const ask = () =>
      app.fetch("/graphql", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query }),
      });
    const answers = await Promise.all(Array.from({ length: 8 }, ask));
    for (const answer of answers) {
      const { errors } = (await answer.json()) as { errors: { extensions: { actual: number } }[] };
      expect(errors[0]?.extensions).toMatchObject({ code: "OPERATION_LIMIT_EXCEEDED", which: "responseBytes", limit });
      expect(errors[0]?.extensions.actual).toBeGreaterThan(200_000);
    }
  });
});
