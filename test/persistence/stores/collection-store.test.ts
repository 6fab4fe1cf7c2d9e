import { allOf, allSpacesOf, everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { JsonObject } from "../../../src/json/value.js";
import type { Store } from "../../../src/core/store.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

describeOnEachDatabase("collections", (database) => {
  it("are created once, together with their space", async () => {
    const { collections } = database().store;
    const wanted = {
      provider: "test",
      space: { name: randomUUID(), definition: { state: "open" } },
      name: "c",
      definition: { big: 9007199254740993n, b: 1, a: 2 },
    };
    const first = await collections.createCollection(wanted);
    const second = await collections.createCollection({
      ...wanted,
      definition: { other: true },
      space: { ...wanted.space, definition: {} },
    });
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.collection).toEqual(first.collection);
    expect(first.collection).toMatchObject({
      provider: "test",
      name: "c",
      spaceName: wanted.space.name,
      version: 1,
      definition: wanted.definition,
    });
    expect(Object.keys(first.collection.definition)).toEqual(["big", "b", "a"]);
    const { space, collection } = await collections.locate("test", wanted.space.name, "c");
    expect(space).toMatchObject({ name: wanted.space.name, definition: { state: "open" } });
    expect(collection).toEqual(first.collection);
  });

  it("are created by one of many concurrent calls", async () => {
    const { collections } = database().store;
    const wanted = { provider: "test", space: { name: randomUUID(), definition: {} }, name: "c", definition: {} };
    const answers = await Promise.all(Array.from({ length: 12 }, () => collections.createCollection(wanted)));
    expect(answers.filter((answer) => answer.created)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.collection.id)).size).toBe(1);
  });

  it("are found inside one space, or in any space of the provider", async () => {
    const { collections } = database().store;
    const one = await createCollection(database().store);
    const two = await createCollection(database().store);
    expect(await collections.locate("test", one.spaceName, two.name)).toEqual({
      spaceVersion: 1,
      space: { id: one.spaceId, provider: "test", name: one.spaceName, definition: {} },
    });
    expect(await collections.locate("other", one.spaceName, one.name)).toEqual({});
    expect(await collections.findByName(allSpacesOf("test"), two.name)).toEqual(two);
    expect(await collections.findByName(allSpacesOf("other"), two.name)).toBeUndefined();
  });

  it("may have an alias, which is unique in the space and yields to a name", async () => {
    const { collections } = database().store;
    const space = { name: randomUUID(), definition: {} };
    const create = (name: string, alias: string) =>
      collections.createCollection({ provider: "test", space, name, alias, definition: {} });
    const one = await create("one", "Sheet 1");
    const two = await create("two", "one");
    const found = async (name: string) => (await collections.locate("test", space.name, name)).collection?.name;
    expect([await found("one"), await found("Sheet 1"), await found("two"), await found("Sheet 2")]).toEqual([
      "one",
      "one",
      "two",
      undefined,
    ]);
    expect(await create("three", "Sheet 1")).toEqual({ created: false, collection: one.collection });
    expect(await create("two", "Sheet 2")).toEqual({ created: false, collection: two.collection });
    expect(
      (
        await collections.createCollection({
          provider: "test",
          space: { ...space, name: randomUUID() },
          name: "x",
          alias: "Sheet 1",
          definition: {},
        })
      ).created,
    ).toBe(true);
  });

  it("merge their definition into that of the space, only when they are created", async () => {
    const { collections } = database().store;
    const name = randomUUID();
    const create = (collection: string, definition: JsonObject) =>
      collections.createCollection({ provider: "test", space: { name, definition }, name: collection, definition: {} });
    const definitionNow = async () => (await collections.locate("test", name, "")).space?.definition;
    await create("a", { state: "open", owners: { me: 1 }, size: 9007199254740993n });
    await create("b", { state: "closed", "it's": [1.5] });
    expect(await definitionNow()).toEqual({
      state: "closed",
      owners: { me: 1 },
      size: 9007199254740993n,
      "it's": [1.5],
    });
    expect((await create("b", { state: "lost" })).created).toBe(false);
    expect(await definitionNow()).toMatchObject({ state: "closed" });
  });

  it("answer whether any space has a member", async () => {
    const { collections } = database().store;
    const provider = randomUUID();
    await createSpace(database().store, { provider, name: "a", definition: { owners: { me: "all", "a.b": null } } });
    await createSpace(database().store, { provider, name: "b", definition: {} });
    const has = (...path: string[]) => collections.anySpaceHas(allSpacesOf(provider), path);
    expect(await Promise.all([has("owners", "me"), has("owners", "a.b"), has("owners", "you"), has("owners")])).toEqual(
      [true, true, false, true],
    );
    expect(await collections.anySpaceHas(allSpacesOf("other"), ["owners"])).toBe(false);
  });

  it("are in a space that is found by members of its definition", async () => {
    const { collections } = database().store;
    const provider = randomUUID();
    for (const [name, id] of [
      ["b", "two"],
      ["a", "two"],
      ["c", "three"],
    ] as const) {
      await createSpace(database().store, { provider, name, definition: { owner: "me", id, size: 1 } });
    }
    const found = async (members: Readonly<Record<string, string>>) =>
      (await collections.findSpace(allSpacesOf(provider), members))?.name;
    expect(await found({ owner: "me", id: "three" })).toBe("c");
    expect(await found({ id: "two" })).toBe("a");
    expect([
      await found({ owner: "you", id: "two" }),
      await found({ owner: "me", other: "" }),
      await found({ id: "it's {\"}" }),
    ]).toEqual([undefined, undefined, undefined]);
    expect(await collections.findSpace(allSpacesOf("other"), { id: "two" })).toBeUndefined();
  });

  it("are deleted once, with records and tasks, and may be created again under another id", async () => {
    const { collections, records, tasks } = database().store;
    const collection = await createCollection(database().store);
    const taskId = randomUUID();
    await records.insert({ collection, records: [{ fields: {} }] });
    await tasks.enqueue({ id: taskId, provider: "test", collection, payload: [], totalCount: 0 });
    expect(
      await Promise.all([collections.deleteCollection(collection.id), collections.deleteCollection(collection.id)]),
    ).toContain(true);
    await expect(collections.deleteCollection(collection.id)).resolves.toBe(false);
    await expect(collections.deleteCollection("nonsense")).resolves.toBe(false);
    await expect(tasks.tasksById(everywhere, [taskId])).resolves.toEqual([undefined]);
    const again = await collections.createCollection({
      provider: "test",
      space: { name: collection.spaceName, definition: {} },
      name: collection.name,
      definition: {},
    });
    expect(again.created).toBe(true);
    expect(again.collection.id).not.toBe(collection.id);
  });

  it("are found by id in the order of the request", async () => {
    const { collections } = database().store;
    const one = await createCollection(database().store);
    const two = await createCollection(database().store);
    expect(await collections.collectionsById(everywhere, [two.id, "nonsense", randomUUID(), one.id])).toEqual([
      two,
      undefined,
      undefined,
      one,
    ]);
    expect(await collections.collectionsById(everywhere, [])).toEqual([]);
  });

  it("are listed in order of creation, page by page, for the requested providers", async () => {
    const { collections } = database().store;
    const provider = randomUUID();
    const names = ["c", "a", "b"];
    for (const name of names)
      await collections.createCollection({ provider, space: { name: "s", definition: {} }, name, definition: {} });
    const first = await collections.listCollections({ visible: allOf(provider) }, { first: 2 });
    expect([first.items.map((item) => item.name), first.hasNextPage]).toEqual([["c", "a"], true]);
    const second = await collections.listCollections(
      { visible: allOf(provider, "none") },
      { first: 2, after: first.keys[1] ?? "" },
    );
    expect([second.items.map((item) => item.name), second.hasNextPage]).toEqual([["b"], false]);
    expect((await collections.listCollections({ visible: [] }, { first: 2 })).items).toEqual([]);
    expect((await collections.listCollections({ visible: allOf(provider) }, { first: 2, after: "x" })).items).toEqual(
      [],
    );
  });

  it("are listed for one space", async () => {
    const { collections } = database().store;
    const provider = randomUUID();
    for (const [space, name] of [
      ["s", "a"],
      ["t", "b"],
      ["s", "c"],
    ] as const) {
      await collections.createCollection({ provider, space: { name: space, definition: {} }, name, definition: {} });
    }
    const names = async (space: string) =>
      (await collections.listCollections({ visible: allOf(provider), space }, { first: 9 })).items.map(
        ({ name }) => name,
      );
    expect([await names("s"), await names("t"), await names("u")]).toEqual([["a", "c"], ["b"], []]);
  });

  it("accept one of two concurrent definitions", async () => {
    const { collections } = database().store;
    const collection = await createCollection(database().store);
    const outcomes = await Promise.all(
      [{ big: 9007199254740993n }, { big: 9007199254740995n }].map((definition) =>
        collections.changeDefinition(collection, definition),
      ),
    );
    expect(outcomes.toSorted()).toEqual(["stale", "stored"]);
    const [changed] = await collections.collectionsById(everywhere, [collection.id]);
    expect(changed?.version).toBe(2);
    expect(changed?.definition).toEqual({ big: outcomes[0] === "stored" ? 9007199254740993n : 9007199254740995n });
    await expect(collections.changeDefinition({ id: "nonsense", version: 1 }, {})).resolves.toBe("stale");
  });
});

async function createSpace(
  store: Store,
  { provider, name, definition }: { readonly provider: string; readonly name: string; readonly definition: JsonObject },
): Promise<void> {
  await store.collections.createCollection({ provider, space: { name, definition }, name: "anything", definition: {} });
}
