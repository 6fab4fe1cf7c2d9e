import { everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

const everything = { first: 1000 };

describeOnEachDatabase("records", (database) => {
  it("are read back as they were written, in the order of the batch", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const fields: JsonObject[] = [
      { big: 9007199254740993n, negative: -9223372036854775808n, text: 'line\nbreak "quoted" \\ \u2028 \u{1f600}' },
      { zebra: 1, apple: [1.5, null, true, { deep: "x" }], "": "empty name" },
      {},
    ];
    await expect(records.insert({ collection, records: fields.map((each) => ({ fields: each })) })).resolves.toBe(
      "stored",
    );
    const page = await records.listRecords(collection.id, everything);
    expect(page.items.map((record) => record.fields)).toEqual(fields);
    expect(Object.keys(page.items[1]?.fields ?? {})).toEqual(["zebra", "apple", ""]);
    expect(page.items[0]).toMatchObject({ collectionId: collection.id });
    expect(page.items[0]).not.toHaveProperty("key");
    expect(page.items[0]).not.toHaveProperty("vectors");
    expect(page.hasNextPage).toBe(false);
  });

  it("keep the bytes of vectors, also when only some records have vectors", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const vectors = [pack([1, -2.5, 3e-7]), undefined, pack([0.1]), new Uint8Array(0)];
    await records.insert({
      collection,
      records: vectors.map((each, index) => ({ fields: { index }, ...(each && { vectors: each }) })),
    });
    const { items } = await records.listRecords(collection.id, everything);
    expect(items.map((record) => record.vectors && [...record.vectors])).toEqual(
      vectors.map((each) => each && [...each]),
    );
    expect([...new Float32Array(items[0]?.vectors?.buffer ?? new ArrayBuffer(0))]).toEqual([
      1,
      -2.5,
      Math.fround(3e-7),
    ]);
  });

  it("are written by the thousand at once", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const batch = Array.from({ length: 5000 }, (_, index) => ({ fields: { index }, key: String(index) }));
    await records.insert({ collection, records: batch });
    await records.upsert({
      collection,
      records: batch.map((record) => ({ ...record, fields: { again: record.key } })),
    });
    const { items, hasNextPage } = await records.listRecords(collection.id, { first: 6000 });
    expect([items.length, hasNextPage, items[4999]?.fields]).toEqual([5000, false, { again: "4999" }]);
  });

  it("that were merged are replaced only if no other record has one of their keys meanwhile", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const read = async () => (await records.listRecords(collection.id, everything)).items;
    await records.insert({ collection, records: [1, 2, 3].map((n) => ({ key: n < 3 ? "a" : "b", fields: { n } })) });
    const merged = (await read()).filter(({ key }) => key === "a").map(({ number }) => number);
    const replace = (numbers: readonly bigint[], more = {}) =>
      records.replaceMerged({
        collection,
        ...{ replacedKeys: ["a"], merged: numbers, records: [{ key: "a", fields: { n: 4 } }], ...more },
      });
    for (const wrong of [[], merged.slice(1), [...merged, 1n << 60n]])
      await expect(replace(wrong)).resolves.toBe("outrun");
    await expect(replace(merged, { collection: { ...collection, version: 99 } })).resolves.toBe("stale");
    expect((await read()).map(({ fields }) => fields)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
    await expect(replace(merged.toReversed())).resolves.toBe("stored");
    await expect(replace(merged)).resolves.toBe("outrun");
    expect((await read()).map(({ fields }) => fields)).toEqual([{ n: 3 }, { n: 4 }]);
    await expect(replace([], { replacedKeys: ["c"], records: [{ key: "c", fields: {} }] })).resolves.toBe("stored");
  });

  it("may share a key when they are inserted, and a batch may be empty", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await expect(records.insert({ collection, records: [] })).resolves.toBe("stored");
    await records.insert({
      collection,
      records: [
        { key: "a", fields: {} },
        { key: "a", fields: {} },
      ],
    });
    expect((await records.listRecords(collection.id, everything)).items).toHaveLength(2);
  });

  it("are written all or not at all", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await records.insert({ collection, records: [{ key: "a", fields: { old: true } }] });
    const broken = [
      { key: "a", fields: {} },
      { key: "\0", fields: {} },
    ];
    const refusal = { name: "UnstorableValueError", reason: "nul", recordIndex: 1 };
    await expect(records.insert({ collection, records: broken })).rejects.toMatchObject(refusal);
    await expect(records.upsert({ collection, records: broken })).rejects.toMatchObject(refusal);
    expect((await records.listRecords(collection.id, everything)).items.map((record) => record.fields)).toEqual([
      { old: true },
    ]);
  });

  it("are not written to a collection that is gone or has another version", async () => {
    const { collections, records } = database().store;
    const collection = await createCollection(database().store);
    const batch = [{ key: "a", fields: {} }];
    for (const stale of [
      { ...collection, version: 2 },
      { ...collection, spaceVersion: 2 },
      { ...collection, id: randomUUID() },
      { ...collection, id: "nonsense" },
    ]) {
      await expect(records.insert({ collection: stale, records: batch })).resolves.toBe("stale");
      await expect(records.upsert({ collection: stale, records: batch })).resolves.toBe("stale");
    }
    await expect(collections.deleteCollection(collection.id)).resolves.toBe(true);
    await expect(records.insert({ collection, records: batch })).resolves.toBe("stale");
    expect((await records.listRecords(collection.id, everything)).items).toEqual([]);
  });

  it.each(["insert", "upsert"] as const)(
    "change the definition of their collection with an %s, one of several at a time",
    async (operation) => {
      const { collections, records } = database().store;
      const collection = await createCollection(database().store, { choices: ["a"] });
      const write = (choice: number) =>
        records[operation]({
          collection,
          records: [{ key: String(choice), fields: { choice } }],
          definition: { choices: ["a", choice] },
        });
      const outcomes = await Promise.all([1, 2, 3, 4, 5].map(write));
      expect(outcomes.toSorted()).toEqual(["stale", "stale", "stale", "stale", "stored"]);
      const { items } = await records.listRecords(collection.id, everything);
      expect(items).toMatchObject([{ fields: { choice: outcomes.indexOf("stored") + 1 } }]);
      const [changed] = await collections.collectionsById(everywhere, [collection.id]);
      expect(changed).toMatchObject({ version: 2, definition: { choices: ["a", outcomes.indexOf("stored") + 1] } });
    },
  );

  it("do not change the definition when their claim is taken", async () => {
    const { collections, records } = database().store;
    const collection = await createCollection(database().store);
    const claim = { scope: randomUUID(), key: "k", result: null, expiresAt: new Date(Date.now() + 60_000) };
    await records.insert({ collection, records: [], claim });
    await expect(
      records.insert({ collection, records: [{ fields: {} }], claim, definition: { changed: true } }),
    ).resolves.toBe("claimed");
    expect(await collections.collectionsById(everywhere, [collection.id])).toMatchObject([
      { version: 1, definition: {} },
    ]);
  });

  it("are deleted with their collection even when they are written at that moment", async () => {
    const { collections, records } = database().store;
    const collection = await createCollection(database().store);
    const writes = Array.from({ length: 20 }, () => records.insert({ collection, records: [{ fields: {} }] }));
    await Promise.all([...writes, collections.deleteCollection(collection.id)]);
    expect((await records.listRecords(collection.id, everything)).items).toEqual([]);
  });

  it("remain one per key when sixteen writers upsert the same fifty keys", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
    const write = (writer: number) => {
      const order = writer % 2 === 0 ? keys : keys.toReversed();
      const mine = writer % 3 === 0 ? order.slice(0, 7) : order;
      return records.upsert({ collection, records: mine.map((key) => ({ key, fields: { writer } })) });
    };
    for (let round = 0; round < 4; round++) {
      const outcomes = await Promise.all(Array.from({ length: 16 }, (_, writer) => write(writer)));
      expect(new Set(outcomes)).toEqual(new Set(["stored"]));
      const { items } = await records.listRecords(collection.id, everything);
      expect(items.map((record) => record.key).sort()).toEqual([...keys].sort());
    }
  });

  it("get numbers that are unique", async () => {
    const { records } = database().store;
    const scope = randomUUID();
    await expect(records.reserveNumbers(scope, 3, 1n)).resolves.toBe(1n);
    await expect(records.reserveNumbers(scope, 1, 1n)).resolves.toBe(4n);
    await expect(records.reserveNumbers(scope, 2, 9007199254740993n)).resolves.toBe(9007199254740993n);
    const firsts = await Promise.all(Array.from({ length: 20 }, () => records.reserveNumbers(scope, 5, 1n)));
    expect(new Set(firsts).size).toBe(20);
    expect(firsts.toSorted((left, right) => Number(left - right)).map((first) => first - 9007199254740995n)).toEqual(
      Array.from({ length: 20 }, (_, index) => BigInt(index * 5)),
    );
  });
});

function pack(numbers: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(numbers).buffer);
}
