import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createCollection, describeOnEachDatabase } from "../databases.js";

describeOnEachDatabase("inserts that share statements", (database) => {
  it("store each its own records, in the order of each batch, and nothing for a stale one", async () => {
    const { store } = database();
    const [even, odd] = [await createCollection(store), await createCollection(store)];
    const stale = [
      { ...even, version: 2 },
      { ...odd, spaceVersion: 9 },
      { ...even, id: randomUUID() },
      { ...odd, id: "nonsense" },
    ];
    const collectionOf = (batch: number) =>
      batch % 10 === 9 ? (stale[Math.floor(batch / 10) % 4] ?? even) : batch % 2 === 0 ? even : odd;
    const batches = Array.from({ length: 60 }, (_each, batch) => ({
      collection: collectionOf(batch),
      records: [3, 1, 2].map((n) => ({
        key: `${batch}.${n}`,
        fields: { batch, n, text: 'a "line"\nand \\ {}' },
        ...(batch % 3 === 0 && { vectors: new Uint8Array([batch, n, 0, 255]) }),
      })),
    }));
    const outcomes = await Promise.all(batches.map((batch) => store.records.insert(batch)));
    expect(outcomes).toEqual(batches.map((_each, batch) => (batch % 10 === 9 ? "stale" : "stored")));
    for (const [index, { id }] of [even, odd].entries()) {
      const { items } = await store.records.listRecords(id, { first: 1000 });
      const expected = batches.filter((_each, batch) => batch % 2 === index && batch % 10 !== 9);
      expect(items).toHaveLength(3 * expected.length);
      for (const { records } of expected) {
        const found = items.filter(({ fields }) => fields["batch"] === records[0]?.fields.batch);
        expect(found.map(({ key, fields, vectors }) => ({ key, fields, ...(vectors && { vectors }) }))).toEqual(
          records,
        );
      }
    }
  });

  it("fail alone for a record that cannot be stored", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const texts = Array.from({ length: 20 }, (_each, index) => (index === 13 ? "a\0" : `text ${index}`));
    const results = await Promise.allSettled(
      texts.map((text) => store.records.insert({ collection, records: [{ fields: { text } }] })),
    );
    expect(results.map(({ status }) => status)).toEqual(
      texts.map((_text, index) => (index === 13 ? "rejected" : "fulfilled")),
    );
    const { items } = await store.records.listRecords(collection.id, { first: 100 });
    expect(items.map(({ fields }) => fields["text"]).toSorted()).toEqual(
      texts.filter((_text, index) => index !== 13).toSorted(),
    );
  });
});
