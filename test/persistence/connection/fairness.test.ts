import { allOf } from "../../service/visible.js";
import { expect, test } from "vitest";
import { RequestLeftError, RequestScope, runInRequest, runOutsideRequests } from "../../../src/core/request-scope.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

describeOnEachDatabase("requests of several clients", (database) => {
  test("of a client that leaves, most statements are never begun", async () => {
    const { collections } = database().store;
    const client = new AbortController();
    const reads = runInRequest(new RequestScope(client.signal), () =>
      Array.from({ length: 3000 }, () => collections.listCollections({ visible: allOf("test") }, { first: 1 })),
    );
    await reads[0];
    client.abort();
    const results = await Promise.allSettled(reads);
    const dropped = results.filter(({ status }) => status === "rejected");
    expect(dropped.every((result) => result.status === "rejected" && result.reason instanceof RequestLeftError)).toBe(
      true,
    );
    expect(dropped.length).toBeGreaterThan(2000);
    await expect(collections.listCollections({ visible: allOf("test") }, { first: 1 })).resolves.toBeDefined();
  });

  test("a transaction that has begun is finished when its client leaves", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const client = new AbortController();
    // With a claim, an upsert is a transaction of two statements.
    const claimOf = (index: number) => ({
      scope: collection.id,
      key: String(index),
      result: null,
      expiresAt: new Date(Date.now() + 60_000),
    });
    const batches = Array.from({ length: 60 }, (_item, index) => [{ key: String(index), fields: { index } }]);
    const writes = runInRequest(new RequestScope(client.signal), () =>
      batches.map((batch, index) => records.upsert({ collection, records: batch, claim: claimOf(index) })),
    );
    await writes[0];
    client.abort();
    const results = await Promise.allSettled(writes);
    const stored = results.filter(({ status }) => status === "fulfilled").length;
    const { items } = await runOutsideRequests(() => records.listRecords(collection.id, { first: 100 }));
    expect(items).toHaveLength(stored);
    expect(stored).toBeLessThan(60);
  });

  test("one statement does not wait for a thousand of another request", async () => {
    const { collections } = database().store;
    const list = () => collections.listCollections({ visible: allOf("test") }, { first: 1 });
    let finished = 0;
    const many = runInRequest(new RequestScope(), () =>
      Array.from({ length: 1000 }, () => list().then(() => (finished += 1))),
    );
    await many[0];
    await runInRequest(new RequestScope(), list);
    expect(finished).toBeLessThan(500);
    await Promise.all(many);
  });
});
