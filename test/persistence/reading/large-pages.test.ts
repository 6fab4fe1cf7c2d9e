import { describe, expect, it } from "vitest";
import { ReadLimitError, ReadMeter, ReadPool } from "../../../src/core/read-meter.js";
import { RequestScope } from "../../../src/core/request-scope.js";
import { OverloadError } from "../../../src/core/overload-error.js";
import type { Collection } from "../../../src/core/collection.js";
import { RequestLeftError, type Store } from "../../../src/core/store.js";
import { everywhere } from "../../service/visible.js";
import { type Database, openOn } from "../../../src/persistence/database.js";
import { connectMemory } from "../../../src/persistence/pglite/memory-connection.js";
import { createCollection, describeOnEachDatabase, parts } from "../databases.js";

const megabyte = 1024 * 1024;

/** Text that the database compresses to a hundredth, or cannot compress. */
const repeated = (bytes: number): string => "x".repeat(bytes);
const mixed = (bytes: number): string =>
  Array.from({ length: bytes / 8 }, (_item, index) =>
    Math.sin(index + bytes)
      .toString(36)
      .slice(3, 11)
      .padEnd(8, "0"),
  ).join("");

async function storeRecords(store: Store, texts: readonly string[]): Promise<Collection> {
  const collection = await createCollection(store);
  for (const [index, text] of texts.entries())
    await store.records.insert({ collection, records: [{ key: `k${index}`, fields: { index, text } }] });
  return collection;
}

/** The store of a request that may read so many bytes. */
function within(maxBytes: number, { storeOf }: Database, pool?: ReadPool): Store {
  return storeOf(new RequestScope(new ReadMeter(maxBytes, pool)));
}

/** Its client leaves when the store has asked so many times whether it is there. */
class LeavesAfter extends RequestScope {
  asked = 0;
  readonly #times: number;

  constructor(times: number) {
    super();
    this.#times = times;
  }

  override get isOver(): boolean {
    this.asked += 1;
    if (this.asked > this.#times) this.leave();
    return super.isOver;
  }
}

describeOnEachDatabase("records of many bytes", (database) => {
  it("are answered whole and in order among small ones, by every read", async () => {
    const { store } = database();
    const sizes = [10, 3 * megabyte, 20, 5 * megabyte, 6 * megabyte, 30];
    const texts = sizes.map((bytes, index) => (index % 2 === 0 ? mixed(bytes) : repeated(bytes)));
    const { id } = await storeRecords(store, texts);
    const [page] = await store.records.recordPages(everywhere, [{ ownerId: id, first: 5 }]);
    expect(page?.items.map(({ fields }) => fields["text"])).toEqual(texts.slice(0, 5));
    expect(page?.hasNextPage).toBe(true);
    const listed = await store.records.listRecords(id, { first: 1000 });
    expect(listed.items.map(({ fields }) => fields["text"])).toEqual(texts);
    expect(new Set(listed.keys).size).toBe(listed.items.length);
    const ids = listed.items.map((record) => record.id).reverse();
    const byId = await store.records.recordsById(everywhere, ids);
    expect(byId.map((record) => record?.fields["text"])).toEqual([...texts].reverse());
    const byKey = await store.records.recordsByKey(id, ["k4", "k0", "k1"]);
    expect(byKey.map(({ fields }) => fields["index"])).toEqual([0, 1, 4]);
    expect(byKey[1]).toEqual(listed.items[1]);
  });

  it("are refused with the size of the whole page, before they are read", async () => {
    const { store } = database();
    const { id } = await storeRecords(
      store,
      Array.from({ length: 6 }, () => repeated(megabyte)),
    );
    const read = within(4 * megabyte, database()).records.recordPages(everywhere, [{ ownerId: id, first: 1000 }]);
    await expect(read).rejects.toBeInstanceOf(ReadLimitError);
    const error = (await read.catch((caught: unknown) => caught)) as ReadLimitError;
    expect(error.limit).toBe(4 * megabyte);
    expect(error.actual).toBeGreaterThan(6 * megabyte);
    expect(error.actual).toBeLessThan(6 * megabyte + 1000);
    const six = await within(7 * megabyte, database()).records.listRecords(id, { first: 6 });
    expect(six.items).toHaveLength(6);
  });

  it("count for all requests in flight together, from the first megabyte of each on", async () => {
    const { store } = database();
    const { id } = await storeRecords(store, [mixed(3 * megabyte)]);
    const small = await storeRecords(store, ["small"]);
    const pool = new ReadPool(3 * megabyte);
    const read = (owner: string) => within(64 * megabyte, database(), pool).records.listRecords(owner, { first: 10 });
    expect((await read(id)).items).toHaveLength(1);
    await expect(read(id)).rejects.toBeInstanceOf(OverloadError);
    expect((await read(small.id)).items).toHaveLength(1);
  });

  it("count all that one request reads, by whichever port of its store", async () => {
    const { store } = database();
    const { id } = await storeRecords(store, [mixed(megabyte)]);
    const { id: large } = await createCollection(store, { text: mixed(megabyte) });
    const { records, collections } = within(2.5 * megabyte, database());
    expect((await records.listRecords(id, { first: 1 })).items).toHaveLength(1);
    expect(await collections.collectionsById(everywhere, [large])).toMatchObject([{ id: large }]);
    await expect(records.listRecords(id, { first: 1 })).rejects.toBeInstanceOf(ReadLimitError);
  });

  it("are not read to the end when the client leaves between the parts", async () => {
    const { store, storeOf } = database();
    const { id } = await storeRecords(store, [repeated(9 * megabyte), repeated(9 * megabyte), repeated(9 * megabyte)]);
    const scope = new LeavesAfter(2);
    await expect(storeOf(scope).records.listRecords(id, { first: 3 })).rejects.toBeInstanceOf(RequestLeftError);
    expect(scope.asked).toBe(3);
    const whole = new LeavesAfter(Infinity);
    expect((await storeOf(whole).records.listRecords(id, { first: 3 })).items).toHaveLength(3);
    expect(whole.asked).toBeGreaterThan(3);
  });

  it("of one key are all found, however many there are", async () => {
    const { store } = database();
    const collection = await createCollection(store);
    const records = Array.from({ length: 300 }, (_item, n) => ({ key: "same", fields: { n } }));
    await store.records.insert({ collection, records });
    const found = await store.records.recordsByKey(collection.id, ["same", "other"]);
    expect(found.map(({ fields }) => fields["n"])).toEqual(records.map(({ fields }) => fields.n));
  });
});

describeOnEachDatabase("collections with large definitions", (database) => {
  it("are listed whole, and refused over the limit", async () => {
    const { store } = database();
    const definitions = [{ text: repeated(2 * megabyte) }, { text: "small" }, { text: mixed(3 * megabyte) }];
    const ids: string[] = [];
    for (const definition of definitions) ids.push((await createCollection(store, definition)).id);
    const found = await store.collections.collectionsById(everywhere, ids);
    expect(found.map((collection) => collection?.definition)).toEqual(definitions);
    const all = await store.collections.listCollections({ visible: everywhere }, { first: 1000 });
    expect(all.items.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    await expect(
      within(4 * megabyte, database()).collections.listCollections({ visible: everywhere }, { first: 1000 }),
    ).rejects.toBeInstanceOf(ReadLimitError);
  });
});

describe("records that were stored before their sizes were", () => {
  it("are weighed, and refused as they are read", async () => {
    const connection = await connectMemory();
    const database = await openOn(connection, parts);
    const { store } = database;
    const { id } = await storeRecords(store, [repeated(3 * megabyte), mixed(2 * megabyte), "small"]);
    await connection.executeSql(`UPDATE "${connection.schema}".record SET bytes = NULL`);
    const page = await store.records.listRecords(id, { first: 10 });
    const lengths = page.items.map(({ fields: { text } }) => (typeof text === "string" ? text.length : undefined));
    expect(lengths).toEqual([3 * megabyte, 2 * megabyte, 5]);
    const refused = within(4 * megabyte, database).records.listRecords(id, { first: 10 });
    await expect(refused).rejects.toBeInstanceOf(ReadLimitError);
    await database.close();
  });
});
