import { everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createCollection, describeOnEachDatabase } from "../databases.js";

const everything = { first: 1000 };

describeOnEachDatabase("records", (database) => {
  it("are found by id in the order of the request, unknown ids included", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await records.insert({ collection, records: [{ fields: { n: 1 } }, { fields: { n: 2 } }] });
    const [one, two] = (await records.listRecords(collection.id, everything)).items;
    const ids = [
      two?.id ?? "",
      "nonsense",
      `${collection.id}.0`,
      `${randomUUID()}.1`,
      `${collection.id}.99999999999999999999`,
      one?.id ?? "",
      two?.id ?? "",
    ];
    const found = await records.recordsById(everywhere, ids);
    expect(found.map((record) => record?.fields["n"])).toEqual([2, undefined, undefined, undefined, undefined, 1, 2]);
    await expect(records.recordsById(everywhere, ["x"])).resolves.toEqual([undefined]);
  });

  it("are listed page by page", async () => {
    const { records } = database().store;
    const collection = await createCollection(database().store);
    await records.insert({ collection, records: [1, 2, 3, 4, 5].map((n) => ({ fields: { n } })) });
    const seen: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await records.listRecords(collection.id, { first: 2, ...(after !== undefined && { after }) });
      seen.push(page.items.map((record) => record.fields["n"]));
      after = page.hasNextPage ? page.keys.at(-1) : undefined;
    } while (after !== undefined);
    expect(seen).toEqual([[1, 2], [3, 4], [5]]);
    expect(await records.listRecords(collection.id, { first: 2, after: "nonsense" })).toMatchObject({
      items: [],
      hasNextPage: false,
    });
    expect(await records.listRecords("nonsense", { first: 2 })).toMatchObject({ items: [] });
  });

  it("are listed for several collections at once, one page each, in the order of the request", async () => {
    const { store } = database();
    const collections = [await createCollection(store), await createCollection(store), await createCollection(store)];
    for (const [index, collection] of collections.slice(0, 2).entries()) {
      await store.records.insert({
        collection,
        records: [1, 2, 3].map((n) => ({ key: `${index}.${n}`, fields: { n } })),
      });
    }
    const [one = "", two = "", empty = ""] = collections.map(({ id }) => id);
    const [whole] = await store.records.recordPages(everywhere, [{ ownerId: one, first: 3 }]);
    expect(whole).toEqual(await store.records.listRecords(one, { first: 3 }));
    const pages = await store.records.recordPages(everywhere, [
      { ownerId: two, first: 2 },
      { ownerId: one, first: 2, ...(whole?.keys[0] !== undefined && { after: whole.keys[0] }) },
      { ownerId: "nonsense", first: 2 },
      { ownerId: two, first: 3 },
      { ownerId: empty, first: 2 },
      { ownerId: one, first: 2, after: "nonsense" },
      { ownerId: two, first: 2 },
    ]);
    expect(
      pages.map(({ items, keys, hasNextPage }) => [items.map(({ key }) => key), keys.length, hasNextPage]),
    ).toEqual([
      [["1.1", "1.2"], 2, true],
      [["0.2", "0.3"], 2, false],
      [[], 0, false],
      [["1.1", "1.2", "1.3"], 3, false],
      [[], 0, false],
      [[], 0, false],
      [["1.1", "1.2"], 2, true],
    ]);
    await expect(store.records.recordPages(everywhere, [])).resolves.toEqual([]);
  });
});
