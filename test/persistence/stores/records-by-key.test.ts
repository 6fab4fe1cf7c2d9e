import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createCollection, describeOnEachDatabase } from "../databases.js";

const everything = { first: 1000 };
const keyed = (...keys: readonly string[]) => keys.map((key, place) => ({ key, fields: { place } }));

describeOnEachDatabase("records with keys", (database) => {
  it("are found by any key in order of insertion", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    const odd = ['"', "\\", "a,b", "{", "日本", "x".repeat(60_000)];
    await records.insert({ collection, records: keyed("b", "a", "b", ...odd) });
    const found = await records.recordsByKey(collection.id, ["a", "b", "b", "none"]);
    expect(found.map(({ key, fields }) => [key, fields["place"]])).toEqual([
      ["b", 0],
      ["a", 1],
      ["b", 2],
    ]);
    expect((await records.recordsByKey(collection.id, odd)).map(({ key }) => key)).toEqual(odd);
    expect(await records.recordsByKey(collection.id, [])).toEqual([]);
    expect(await records.recordsByKey("nonsense", ["a"])).toEqual([]);
    expect(found.map(({ number }) => number)).toEqual(
      found.map(({ number }) => number).toSorted((left, right) => Number(left - right)),
    );
  });

  it("are all deleted by their key, and counted", async () => {
    const { records } = database().store;
    const [collection, other] = [await createCollection(database().store), await createCollection(database().store)];
    await records.insert({ collection, records: keyed("a", "b", "a", "c") });
    await records.insert({ collection: other, records: keyed("a") });
    await expect(records.deleteByKey(collection.id, ["a", "none"])).resolves.toBe(2);
    await expect(records.deleteByKey("nonsense", ["a"])).resolves.toBe(0);
    expect((await records.listRecords(collection.id, everything)).items.map(({ key }) => key)).toEqual(["b", "c"]);
    expect(await records.countRecords([other.id, randomUUID(), "nonsense", collection.id])).toEqual([1, 0, 0, 2]);
    expect(await records.countRecords([])).toEqual([]);
  });

  it("replace records with other keys when these are named", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await records.insert({ collection, records: keyed("1", "2", "3") });
    await expect(
      records.upsert({ collection, records: keyed("10", "11"), replacedKeys: ["1", "3", "none"] }),
    ).resolves.toBe("stored");
    expect((await records.listRecords(collection.id, everything)).items.map(({ key }) => key)).toEqual([
      "2",
      "10",
      "11",
    ]);
  });

  it("are skipped when a page has an offset", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await records.insert({ collection, records: keyed("1", "2", "3", "4", "5") });
    const page = async (skip: number) =>
      (await records.listRecords(collection.id, { first: 2, skip })).items.map(({ key }) => key);
    expect([await page(0), await page(2), await page(4), await page(6)]).toEqual([["1", "2"], ["3", "4"], ["5"], []]);
  });
});
