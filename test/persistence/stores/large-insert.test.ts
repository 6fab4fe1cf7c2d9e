import { describe, expect, it } from "vitest";
import type { NewRecord } from "../../../src/core/record.js";
import { everywhere } from "../../service/visible.js";
import { countTurns } from "../../turns.js";
import { createCollection, describeOnEachDatabase, openMemory } from "../databases.js";

const recordsOf = (count: number): NewRecord[] =>
  Array.from({ length: count }, (_each, n) => ({ key: `key ${n}`, fields: { n, text: 'a "line"\nand \\ {}' } }));

const claim = { scope: "s", key: "k", contentHash: "h", result: { ids: [1] }, expiresAt: new Date(2 ** 42) };

describeOnEachDatabase("an insert of more records than one statement stores", (database) => {
  it("keeps them all and their order", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const records = recordsOf(12_345);
    expect(await store.records.insert({ collection, records })).toBe("stored");
    const { items } = await store.records.listRecords(collection.id, { first: 12_345 });
    expect(items.map(({ key, fields }) => ({ key, fields }))).toEqual(records);
  });

  it("also of few records with many bytes, whose vectors it keeps", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const records = Array.from({ length: 12 }, (_each, n) => ({
      key: String(n),
      fields: { text: "x".repeat(500_000) },
      ...(n % 3 !== 0 && { vectors: new Uint8Array(400_000).fill(n) }),
    }));
    expect(await store.records.insert({ collection, records })).toBe("stored");
    const stored = await store.records.recordsByKey(
      collection.id,
      records.map(({ key }) => key),
    );
    expect(stored.map(({ key, vectors }) => [key, vectors?.byteLength, vectors?.at(-1)])).toEqual(
      records.map(({ key, vectors }) => [key, vectors?.byteLength, vectors?.at(-1)]),
    );
  });

  it("stores nothing for another version of the collection", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const stale = { ...collection, version: collection.version + 1 };
    expect(await store.records.insert({ collection: stale, records: recordsOf(6000), claim })).toBe("stale");
    expect(await store.records.countRecords([collection.id])).toEqual([0]);
    expect(await store.claims.findClaim(claim.scope, claim.key)).toBeUndefined();
  });

  it("takes its claim and the new definition with the records, and stores nothing for a claim that is taken", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const batch = { collection, records: recordsOf(6000), claim, definition: { changed: true } };
    expect(await store.records.insert(batch)).toBe("stored");
    const [changed] = await store.collections.collectionsById(everywhere, [collection.id]);
    expect(changed?.definition).toEqual({ changed: true });
    const next = { ...collection, version: collection.version + 1 };
    expect(await store.records.insert({ collection: next, records: recordsOf(6000), claim })).toBe("claimed");
    expect(await store.records.countRecords([collection.id])).toEqual([6000]);
  });

  it.each([true, false])(
    "names the record with a text that cannot be stored, current version: %s",
    async (isCurrent) => {
      const { store } = database();
      const collection = await createCollection(store);
      const records = recordsOf(8000).with(7001, { key: "a", fields: { bad: "a\0" } });
      const version = collection.version + (isCurrent ? 0 : 1);
      await expect(store.records.insert({ collection: { ...collection, version }, records })).rejects.toMatchObject({
        name: "UnstorableValueError",
        reason: "nul",
        recordIndex: 7001,
        field: "bad",
      });
      expect(await store.records.countRecords([collection.id])).toEqual([0]);
    },
  );
});

describe("a large insert into the embedded database", () => {
  it("gives other clients a turn after each statement, and the database counts as ready meanwhile", async () => {
    const database = await openMemory();
    const { store } = database;
    const collection = await createCollection(store);
    let isStored = false;
    const { turns, value: readyBefore } = await countTurns(async () => {
      const insert = store.records.insert({ collection, records: recordsOf(40_000) }).then(() => (isStored = true));
      const isReady = await database.isReady();
      const before = isReady && !isStored;
      await insert;
      return before;
    });
    expect(readyBefore).toBe(true);
    expect(turns).toBeGreaterThanOrEqual(20);
    await database.close();
  });
});
