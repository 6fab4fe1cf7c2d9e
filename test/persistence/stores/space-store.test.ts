import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Space } from "../../../src/core/collection.js";
import type { Store } from "../../../src/core/store.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

describeOnEachDatabase("spaces", (database) => {
  it("are created once, and deleted without collections only", async () => {
    const { spaces, collections } = database().store;
    const wanted = { provider: "test", name: randomUUID(), definition: { big: 9007199254740993n } };
    const answers = await Promise.all(Array.from({ length: 8 }, () => spaces.createSpace(wanted)));
    expect(answers.filter((outcome) => outcome === "created")).toHaveLength(1);
    const space = await find(database().store, wanted.name);
    expect(space).toMatchObject(wanted);
    const made = await collections.createCollection({
      provider: "test",
      space: { name: wanted.name, definition: {} },
      name: "c",
      definition: {},
    });
    expect(await spaces.deleteSpace(space.id)).toBe("in-use");
    await collections.deleteCollection(made.collection.id);
    expect([await spaces.deleteSpace(space.id), await spaces.deleteSpace(space.id)]).toEqual(["deleted", "absent"]);
    expect(await spaces.deleteSpace("no id")).toBe("absent");
  });

  it("are no more than a limit, however many are made at one time", async () => {
    const { spaces } = database().store;
    const provider = `limited${randomUUID()}`;
    const create = (name: string) => spaces.createSpace({ provider, name, definition: {} }, 3);
    const outcomes = await Promise.all(["a", "b", "c", "d", "e"].map(create));
    expect(outcomes.toSorted()).toEqual(["created", "created", "created", "full", "full"]);
    const { items } = await spaces.listSpaces({ provider, spaces: "all" }, { first: 9 });
    expect(items).toHaveLength(3);
    expect(await create(items[0]?.name ?? "")).toBe("exists");
    expect(await spaces.createSpace({ provider, name: "f", definition: {} })).toBe("created");
  });

  it("are changed from the definition that was read, once of many", async () => {
    const { spaces } = database().store;
    const name = randomUUID();
    await spaces.createSpace({ provider: "test", name, definition: { a: 1 } });
    const space = await find(database().store, name);
    const changes = await Promise.all([1, 2, 3, 4].map((b) => spaces.changeSpace(space, { a: 1, b })));
    expect(changes.filter((outcome) => outcome === "stored")).toHaveLength(1);
  });

  it("take the name of a collection or leave it, never both", async () => {
    const { spaces, collections } = database().store;
    for (let round = 0; round < 8; round++) {
      const name = randomUUID();
      await spaces.createSpace({ provider: "test", name, definition: {} });
      const space = await find(database().store, name);
      const wanted = { provider: "test", space: { name, definition: {} }, name: "n", definition: {} };
      const old = await collections.createCollection({ ...wanted, name: "old" });
      const renamed = { name: "n", space: name, definition: {}, takenBy: ["names", "n"] };
      const [changed, created, moved] = await Promise.all([
        spaces.changeSpace(space, { names: { n: "old" } }, "n"),
        collections.createCollection({ ...wanted, takenBy: ["names", "n"] }),
        collections.renameCollection(old.collection, renamed),
      ]);
      expect([changed === "stored", created.created, moved === "stored"].filter(Boolean)).toHaveLength(1);
      const located = await collections.locate("test", name, "n");
      expect(located.collection === undefined).toBe("names" in (located.space?.definition ?? {}));
      if (changed === "stored") expect([created, moved]).toEqual([{ created: false }, "stale"]);
    }
  });

  it("are listed in pages by name, to those that see them", async () => {
    const { spaces } = database().store;
    const prefix = randomUUID();
    const names = ["B", "a", "é"].map((end) => `${prefix}${end}`);
    for (const name of names) await spaces.createSpace({ provider: "test", name, definition: {} });
    const visible = { provider: "test", spaces: [{ namePrefix: prefix }] };
    const first = await spaces.listSpaces(visible, { first: 2 });
    expect(first).toMatchObject({ items: [{ name: names[0] }, { name: names[1] }], hasNextPage: true });
    const after = first.keys.at(-1) ?? "";
    expect(await spaces.listSpaces(visible, { first: 2, after })).toMatchObject({
      items: [{ name: names[2] }],
      hasNextPage: false,
    });
    expect((await spaces.listSpaces({ provider: "other", spaces: "all" }, { first: 9 })).items).toEqual([]);
  });
});

describeOnEachDatabase("a renamed collection", (database) => {
  it("keeps its records, and is stale or taken otherwise", async () => {
    const { store } = database();
    const one = await createCollection(store);
    const left = { read: {}, definition: { names: { alias: "new" } } };
    const renamed = { name: "new", space: one.spaceName, definition: { renamed: true } };
    expect(await store.collections.renameCollection(one, { ...renamed, left: { ...left, read: { x: 1 } } })).toBe(
      "stale",
    );
    expect(await store.collections.renameCollection({ ...one, version: 9 }, { ...renamed, left })).toBe("stale");
    expect((await find(store, one.spaceName)).definition).toEqual({});
    expect(await store.collections.renameCollection(one, { ...renamed, left })).toBe("stored");
    const { space, collection } = await store.collections.locate("test", one.spaceName, "new");
    expect(space?.definition).toEqual(left.definition);
    expect(collection).toMatchObject({ id: one.id, version: one.version + 1, definition: { renamed: true } });
    const other = await store.collections.createCollection({
      provider: "test",
      space: { name: one.spaceName, definition: {} },
      name: "other",
      definition: {},
    });
    expect(await store.collections.renameCollection(other.collection, renamed)).toBe("taken");
    expect(await store.collections.renameCollection(other.collection, { ...renamed, space: "nowhere" })).toBe("stale");
  });
});

async function find({ collections }: Store, name: string): Promise<Space> {
  const { space } = await collections.locate("test", name, "");
  if (space === undefined) throw new Error(`there is no space ${name}`);
  return space;
}
