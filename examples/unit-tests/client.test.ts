import { expect, test } from "vitest";
import { createTestApp, ProviderFailure, type WriteReceipt } from "recordgate";

/** Your client: sends the book until it is stored or a repeat would not be safe. */
async function sendBook(fetch: (path: string, init: RequestInit) => Promise<Response>): Promise<string> {
  const query = `mutation { insertRecords(input: { target: { milvus: { collectionName: "book" } }, records: [{ id: 1 }] }) {
    __typename ... on WriteError { safeToResend } } }`;
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query }) };
  for (;;) {
    const answer = (await (await fetch("/graphql", init)).json()) as {
      data: { insertRecords: { __typename: string; safeToResend?: boolean } };
    };
    const { __typename, safeToResend } = answer.data.insertRecords;
    if (safeToResend !== true) return __typename;
  }
}

test("the client resends what was refused for its speed", async () => {
  const stored: WriteReceipt = { status: "stored", count: 1, skippedCount: 0, ids: ["1"], warnings: [] };
  const refused = {
    provider: "milvus",
    kind: "rate-limited",
    retry: "yes",
    message: "too fast",
    idempotent: false,
    outcome: "not-applied",
  } as const;
  let calls = 0;
  const app = await createTestApp({
    useCases: {
      writeRecords: async () => {
        calls += 1;
        if (calls === 1) throw new ProviderFailure(refused);
        return stored;
      },
    },
  });
  expect(await sendBook(app.fetch)).toBe("InsertRecordsSuccess");
  expect(calls).toBe(2);
  await app.close();
});
