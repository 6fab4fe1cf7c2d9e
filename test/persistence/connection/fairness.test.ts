import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { RequestScope } from "../../../src/core/request-scope.js";
import { RequestLeftError, type Store } from "../../../src/core/store.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

/** One statement, which ends the same whether its client has left meanwhile or not. */
const count = ({ records }: Store) => records.countRecords([randomUUID()]);

describeOnEachDatabase("requests of several clients", (database) => {
  test("of a client that leaves, most calls are never begun", async () => {
    const scope = new RequestScope();
    const store = database().storeOf(scope);
    const reads = Array.from({ length: 3000 }, () => count(store));
    await reads[0];
    scope.leave();
    const results = await Promise.allSettled(reads);
    const dropped = results.filter(({ status }) => status === "rejected");
    expect(dropped.every((result) => result.status === "rejected" && result.reason instanceof RequestLeftError)).toBe(
      true,
    );
    expect(dropped.length).toBeGreaterThan(2000);
    await expect(count(database().store)).resolves.toBeDefined();
    await expect(count(database().storeOf(new RequestScope()))).resolves.toBeDefined();
  });

  test("a transaction that has begun is finished when its client leaves", async () => {
    const collection = await createCollection(database().store);
    const scope = new RequestScope();
    const { records } = database().storeOf(scope);
    // With a claim, an upsert is a transaction of two statements.
    const claimOf = (index: number) => ({
      scope: collection.id,
      key: String(index),
      result: null,
      expiresAt: new Date(Date.now() + 60_000),
    });
    const batches = Array.from({ length: 60 }, (_item, index) => [{ key: String(index), fields: { index } }]);
    const writes = batches.map((batch, index) => records.upsert({ collection, records: batch, claim: claimOf(index) }));
    await writes[0];
    scope.leave();
    const results = await Promise.allSettled(writes);
    const stored = results.filter(({ status }) => status === "fulfilled").length;
    const { items } = await database().store.records.listRecords(collection.id, { first: 100 });
    expect(items).toHaveLength(stored);
    expect(stored).toBeLessThan(60);
  });

  test("a write that has begun is stored although its client leaves, in a group with those of others as well", async () => {
    const collection = await createCollection(database().store);
    const insert = async (key: string, scope: RequestScope) => {
      const end = scope.beginCall();
      const outcome = database()
        .storeOf(scope)
        .records.insert({ collection, records: [{ key, fields: {} }] });
      scope.leave();
      return outcome.finally(end);
    };
    const keys = Array.from({ length: 20 }, (_item, index) => `k${index}`);
    const outcomes = await Promise.all(keys.map((key) => insert(key, new RequestScope())));
    expect(outcomes).toEqual(keys.map(() => "stored"));
    expect(await database().store.records.countRecords([collection.id])).toEqual([20]);
  });

  test("one statement does not wait for a thousand of another request", async () => {
    let finished = 0;
    const busy = database().storeOf(new RequestScope());
    const many = Array.from({ length: 1000 }, () => count(busy).then(() => (finished += 1)));
    await many[0];
    await count(database().storeOf(new RequestScope()));
    expect(finished).toBeLessThan(100);
    await Promise.all(many);
  });
});
