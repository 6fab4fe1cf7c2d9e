import { allOf, allSpacesOf, everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { createCollection, describeOnEachDatabase } from "../databases.js";

const caller = { principal: "p", scopes: "all", grants: "all" } as const;
const expiresAt = new Date("2999-01-01");
const page = { first: 5 };
const emptyPage = { items: [], keys: [], hasNextPage: false };

describeOnEachDatabase("a text that cannot be stored", (database) => {
  it.each(["\0", "a\ud800"])("finds nothing in any look-up: %j", async (text) => {
    const { collections, records, tasks, claims, credentials } = database().store;
    const { id, spaceName, name, spaceId } = await createCollection(database().store);
    await expect(collections.findSpace(allSpacesOf("test"), { owner: text })).resolves.toBeUndefined();
    await expect(collections.findSpace(allSpacesOf("test"), { [text]: "me" })).resolves.toBeUndefined();
    await expect(collections.anySpaceHas(allSpacesOf("test"), ["a", text])).resolves.toBe(false);
    await expect(collections.locate("test", text, name)).resolves.toEqual({});
    await expect(collections.locate(text, spaceName, name)).resolves.toEqual({});
    await expect(collections.locate("test", spaceName, text)).resolves.toEqual({
      spaceVersion: 1,
      space: { id: spaceId, provider: "test", name: spaceName, definition: {} },
    });
    await expect(collections.findByName(allSpacesOf("test"), text)).resolves.toBeUndefined();
    await expect(collections.collectionsById(everywhere, [text, id])).resolves.toMatchObject([undefined, { id }]);
    await expect(collections.listCollections({ visible: allOf("test"), space: text }, page)).resolves.toEqual(
      emptyPage,
    );
    await expect(collections.listCollections({ visible: allOf("test"), namePrefix: text }, page)).resolves.toEqual(
      emptyPage,
    );
    await expect(collections.listCollections({ visible: allOf("test") }, { ...page, after: text })).resolves.toEqual(
      emptyPage,
    );
    await expect(collections.changeDefinition({ id: text, version: 1 }, {})).resolves.toBe("stale");
    await expect(collections.deleteCollection(text)).resolves.toBe(false);
    await expect(records.recordsById(everywhere, [text])).resolves.toEqual([undefined]);
    await expect(records.listRecords(text, page)).resolves.toEqual(emptyPage);
    await expect(records.listRecords(id, { ...page, after: text })).resolves.toEqual(emptyPage);
    await expect(records.countRecords([text, id])).resolves.toEqual([0, 0]);
    await expect(tasks.pendingTask(text)).resolves.toBeUndefined();
    await expect(tasks.listTasks({ visible: allOf(text) }, page)).resolves.toEqual(emptyPage);
    await expect(tasks.failurePages(everywhere, [{ ...page, ownerId: text }])).resolves.toEqual([emptyPage]);
    await expect(
      records.recordPages(everywhere, [
        { ...page, ownerId: text },
        { ...page, ownerId: id, after: text },
      ]),
    ).resolves.toEqual([emptyPage, emptyPage]);
    await expect(claims.findClaim(text, "k")).resolves.toBeUndefined();
    await expect(credentials.findCaller("test", text, new Date())).resolves.toBeUndefined();
  });

  it.each(["\0", "a\ud800"])("does not affect other keys of the same look-up: %j", async (text) => {
    const { records, tasks } = database().store;
    const collection = await createCollection(database().store);
    const id = randomUUID();
    await tasks.enqueue({ id, provider: "test", collection, payload: [], totalCount: 0 });
    await records.insert({ collection, records: [{ key: "good", fields: {} }] });
    await expect(tasks.tasksById(everywhere, [text, id])).resolves.toMatchObject([undefined, { id }]);
    await expect(records.recordsByKey(collection.id, [text, "good"])).resolves.toHaveLength(1);
    await expect(records.upsert({ collection, records: [], replacedKeys: [text] })).resolves.toBe("stored");
    await expect(records.deleteByKey(collection.id, [text, "good"])).resolves.toBe(1);
  });

  it.each([
    ["\0", "nul"],
    ["a\udfff", "surrogate"],
  ] as const)("is refused by a write with the name of the field: %j", async (text, reason) => {
    const { collections, records, tasks, claims, credentials } = database().store;
    const collection = await createCollection(database().store);
    const claim = { scope: "s", key: randomUUID(), result: null, expiresAt };
    const refused = (write: Promise<unknown>, place: object) =>
      expect(write).rejects.toMatchObject({ name: "UnstorableValueError", reason, ...place });
    const good = { fields: { n: String.raw`a backslash: \u0000 \ud800` } };
    await refused(records.insert({ collection, records: [good, { fields: { a: 1, b: { deep: [text] } } }] }), {
      recordIndex: 1,
      field: "b",
    });
    await refused(records.upsert({ collection, records: [{ key: "k", fields: { [text]: 1 } }] }), {
      recordIndex: 0,
      field: text,
    });
    await refused(
      records.upsert({
        collection,
        records: [
          { key: "k", fields: {} },
          { key: text, fields: {} },
        ],
      }),
      { recordIndex: 1 },
    );
    await refused(records.insert({ collection, records: [], claim: { ...claim, key: text } }), { field: "key" });
    await refused(records.insert({ collection, records: [], claim: { ...claim, result: { ids: [text] } } }), {
      field: "ids",
    });
    await refused(records.insert({ collection, records: [], definition: { title: text } }), { field: "title" });
    await refused(records.reserveNumbers(text, 1, 1n), { field: "scope" });
    await refused(
      collections.createCollection({
        provider: "test",
        space: { name: text, definition: {} },
        name: "n",
        definition: {},
      }),
      { field: "space" },
    );
    await refused(
      collections.createCollection({
        provider: "test",
        space: { name: "s", definition: {} },
        name: "n",
        definition: { [text]: 1 },
      }),
      { field: text },
    );
    await refused(collections.changeDefinition(collection, { note: text }), { field: "note" });
    await refused(tasks.enqueue({ id: text, provider: "test", collection, payload: [], totalCount: 0 }), {
      field: "id",
    });
    await refused(claims.takeClaim({ ...claim, scope: text }), { field: "scope" });
    await refused(credentials.saveCredential({ caller, secret: text }), { field: "secret" });
    await refused(credentials.saveCredential({ caller: { ...caller, grants: [text] }, secret: randomUUID() }), {});
    await expect(records.listRecords(collection.id, page)).resolves.toEqual(emptyPage);
    await expect(records.insert({ collection, records: [good] })).resolves.toBe("stored");
  });

  it("is kept in the payload of a task, whose worker reports the rows that hold it", async () => {
    const { tasks } = database().store;
    const collection = await createCollection(database().store);
    const [id, payload] = [randomUUID(), { rows: ["a\0", { "\ud800": 1 }] }];
    await expect(tasks.enqueue({ id, provider: "test", collection, payload, totalCount: 2 })).resolves.toBe("stored");
    await expect(tasks.pendingTask(id)).resolves.toMatchObject({ payload });
  });
});
