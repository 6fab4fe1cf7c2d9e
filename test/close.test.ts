import { expect, it } from "vitest";
import { createTestApp } from "../src/test-app.js";

const insert = `mutation ($input: InsertRecordsInput!) {
  insertRecords(input: $input) { __typename ... on WriteError { outcome message } }
}`;

it("a call without HTTP that is in flight is answered when the program closes", async () => {
  let asked: (() => void) | undefined;
  const reached = new Promise<void>((resolve) => (asked = resolve));
  const app = await createTestApp({
    environment: { MILVUS_BASE_URL: "http://milvus.test" },
    fetch: () => {
      asked?.();
      return new Promise(() => undefined);
    },
  });
  const target = { milvus: { collectionName: "book" } };
  const answer = app.graphql(insert, { input: { target, records: [{ id: 1 }] } });
  await reached;
  await app.close();
  expect((await answer).data).toEqual({
    insertRecords: {
      __typename: "WriteUnavailableError",
      outcome: "UNKNOWN",
      message: "milvus: Recordgate stopped before the reply arrived",
    },
  });
});
