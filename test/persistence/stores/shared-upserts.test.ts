import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { beginUpsertGroup, prepareUpsert } from "../../../src/persistence/stores/prepared-upsert.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

it("upserts share a statement while they have one version of a collection and no key in common", () => {
  const collection = { id: randomUUID(), version: 1, spaceVersion: 1 };
  const upsertOf = (keys: string, more = {}) =>
    prepareUpsert({ collection, records: keys.split(",").map((key) => ({ key, fields: {} })), ...more });
  const accept = (...upserts: ReturnType<typeof upsertOf>[]) => upserts.map(beginUpsertGroup());
  expect(accept(upsertOf("a,b"), upsertOf("c,b"), upsertOf("c,d"), upsertOf("d"), upsertOf("e"))).toEqual([
    ...[true, false, true, false, true],
  ]);
  for (const other of [{ id: randomUUID() }, { version: 2 }, { spaceVersion: 2 }])
    expect(accept(upsertOf("a"), upsertOf("b", { collection: { ...collection, ...other } }))).toEqual([true, false]);
  const moving = upsertOf("b", { replacedKeys: ["c"] });
  expect(accept(upsertOf("a"), moving, upsertOf("d"))).toEqual([true, false, true]);
  expect(accept(moving, upsertOf("a"), moving)).toEqual([true, false, false]);
});

describeOnEachDatabase("upserts that share statements", (database) => {
  it("store each its own records, in the order of each batch, and leave those of a stale one alone", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const stale = [{ version: 2 }, { spaceVersion: 9 }, { id: randomUUID() }, { id: "nonsense" }];
    const isStale = (batch: number) => batch % 10 === 9;
    const records = (batch: number, round: number) =>
      [3, 1, 2].map((n) => ({
        key: `${batch}.${n} "é"`,
        fields: { batch, n, round, text: 'a "line"\nand \\ {}' },
        ...(batch % 3 === 0 && { vectors: new Uint8Array([batch, n, 0, round]) }),
      }));
    const batches = Array.from({ length: 60 }, (_each, batch) => batch);
    await store.records.insert({ collection, records: batches.flatMap((batch) => records(batch, 0)) });
    // A second record of each key.
    await store.records.insert({ collection, records: batches.flatMap((batch) => records(batch, 1)) });
    const outcomes = await Promise.all(
      batches.map((batch) =>
        store.records.upsert({
          collection: { ...collection, ...(isStale(batch) && stale[Math.floor(batch / 10) % 4]) },
          records: records(batch, 2),
        }),
      ),
    );
    expect(outcomes).toEqual(batches.map((batch) => (isStale(batch) ? "stale" : "stored")));
    const { items } = await store.records.listRecords(collection.id, { first: 1000 });
    const found = (batch: number) =>
      items
        .filter(({ fields }) => fields["batch"] === batch)
        .map(({ key, fields, vectors }) => ({ key, fields, ...(vectors && { vectors }) }));
    for (const batch of batches)
      expect(found(batch)).toEqual(isStale(batch) ? [...records(batch, 0), ...records(batch, 1)] : records(batch, 2));
  });

  it("of one key are carried out one after the other, and fail alone for a record that cannot be stored", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const batches = Array.from({ length: 40 }, (_each, n) => ({
      collection,
      records: [{ key: String(n % 4), fields: { n, text: n === 13 ? "a\0" : "" } }],
    }));
    const results = await Promise.allSettled(batches.map((batch) => store.records.upsert(batch)));
    expect(results.map(({ status }) => status)).toEqual(
      batches.map((_each, n) => (n === 13 ? "rejected" : "fulfilled")),
    );
    const { items } = await store.records.listRecords(collection.id, { first: 100 });
    expect(items.map(({ key }) => key).toSorted()).toEqual(["0", "1", "2", "3"]);
  });

  it("replace records of other keys than their own", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await records.insert({ collection, records: ["a", "b", "c"].map((key) => ({ key, fields: {} })) });
    const upserts = [
      records.upsert({ collection, records: [{ key: "d", fields: {} }], replacedKeys: ["a", "b\0", "b"] }),
      records.upsert({ collection, records: [], replacedKeys: ["c"] }),
    ];
    await expect(Promise.all(upserts)).resolves.toEqual(["stored", "stored"]);
    const { items } = await records.listRecords(collection.id, { first: 100 });
    expect(items.map(({ key }) => key)).toEqual(["d"]);
  });
});
