import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { VisibleSpaces } from "../../../src/core/access/visibility.js";
import { allOf } from "../../service/visible.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";
import { mirror } from "./queue-work.js";

const page = { first: 1000 };

describeOnEachDatabase("mirrored tasks", (database) => {
  it("are stored without a collection, and two of one upstream's id are two", async () => {
    const { tasks } = database().store;
    const [one, two] = [await mirror(database(), { id: "t1" }), await mirror(database(), { id: "t1" })];
    expect(one.id).not.toBe(two.id);
    expect(await tasks.tasksById([remote()], [one.id, two.id])).toEqual([one, two]);
    expect(await tasks.pendingMirror(one.id)).toEqual(one);
    expect(await tasks.pendingTask(one.id)).toBeUndefined();
    expect(one).not.toHaveProperty("collectionId");
  });

  it("end once, with their failures", async () => {
    const { tasks } = database().store;
    const { id } = await mirror(database());
    const result = {
      taskId: id,
      state: "succeeded",
      successCount: 1,
      failCount: 1,
      failures: [{ recordIndex: 1, message: "no" }, { message: "whole" }],
    } as const;
    const ends = await Promise.all([tasks.finishMirror(result), tasks.finishMirror(result)]);
    expect(ends.toSorted()).toEqual([false, true]);
    expect(await tasks.pendingMirror(id)).toBeUndefined();
    const [task] = await tasks.tasksById([remote()], [id]);
    expect(task).toMatchObject({ state: "succeeded", totalCount: 2, successCount: 1, failCount: 1 });
    const owned = [{ ownerId: id, first: 5 }];
    expect((await tasks.failurePages([remote()], owned))[0]?.items).toEqual(result.failures);
    expect((await tasks.failurePages(allOf("test"), owned))[0]?.items).toEqual([]);
  });

  it("keep the outcome of a failed task", async () => {
    const { tasks } = database().store;
    const { id } = await mirror(database());
    const error = { kind: "timeout", message: "late", outcome: "unknown" } as const;
    await tasks.finishMirror({ taskId: id, state: "failed", error, failures: [] });
    expect((await tasks.tasksById([remote()], [id]))[0]).toMatchObject({ state: "failed", error });
  });

  it("are not ended as an import, nor an import as a mirrored task", async () => {
    const { tasks } = database().store;
    const collection = await createCollection(database().store);
    const { id } = await mirror(database());
    const ended = { state: "failed", failures: [] } as const;
    const batch = { collection, records: [] };
    expect(await tasks.finish({ ...ended, taskId: id, failCount: 0, batch, uniqueValues: [] })).toEqual({
      status: "superseded",
    });
    const imported = randomUUID();
    await tasks.enqueue({ id: imported, provider: "test", collection, payload: [], totalCount: 0 });
    expect(await tasks.finishMirror({ ...ended, taskId: imported })).toBe(false);
    expect(await tasks.pendingMirror(imported)).toBeUndefined();
    await database().store.collections.deleteCollection(collection.id);
  });

  const inSales = { space: "sales" };
  it.each<[string, readonly VisibleSpaces[], { readonly space?: string }, boolean]>([
    ["their upstream", [remote()], {}, true],
    ["their upstream, in a space", [remote()], inSales, true],
    ["their space", [remote({ spaces: [{ name: "home" }, { name: "sales" }] })], inSales, true],
    ["another space", [remote({ spaces: [{ name: "home" }] })], inSales, false],
    ["a space, for a target without one", [remote({ spaces: [{ name: "sales" }] })], {}, false],
    ["a space with an unstorable name", [remote({ spaces: [{ name: "\0" }] })], inSales, false],
    ["the beginning of their space, which no key has", [remote({ spaces: [{ namePrefix: "sal" }] })], inSales, false],
    ["no space", [remote({ spaces: [] })], inSales, false],
    ["another upstream", [remote({ upstream: "other" })], {}, false],
    ["another provider", [remote({ provider: "other" })], {}, false],
    ["everything embedded", allOf("test", "other"), inSales, false],
    ["nothing", [], {}, false],
  ])("exist for those who see %s", async (_name, visible, given, isSeen) => {
    const { tasks } = database().store;
    const task = await mirror(database(), { id: "t1", ...given });
    expect(await tasks.tasksById(visible, [task.id])).toEqual([isSeen ? task : undefined]);
    expect((await tasks.listTasks({ visible }, page)).items.some(({ id }) => id === task.id)).toBe(isSeen);
  });

  it("do not open embedded spaces to those who see an upstream", async () => {
    const { collections, tasks } = database().store;
    const collection = await createCollection(database().store);
    const id = randomUUID();
    await tasks.enqueue({ id, provider: "test", collection, payload: [], totalCount: 0 });
    expect(await collections.collectionsById([remote()], [collection.id])).toEqual([undefined]);
    expect((await collections.listCollections({ visible: [remote()] }, page)).items).toEqual([]);
    expect(await tasks.tasksById([remote()], [id])).toEqual([undefined]);
    await collections.deleteCollection(collection.id);
  });

  it("are listed newest first among imports", async () => {
    const { tasks } = database().store;
    const collection = await createCollection(database().store);
    const older = await mirror(database());
    const imported = randomUUID();
    await tasks.enqueue({ id: imported, provider: "test", collection, payload: [], totalCount: 0 });
    const newer = await mirror(database());
    const visible = [...allOf("test"), remote()];
    const { items, hasNextPage } = await tasks.listTasks({ visible }, { first: 3 });
    expect([items.map(({ id }) => id), hasNextPage]).toEqual([[newer.id, imported, older.id], true]);
    const ofCollection = await tasks.listTasks({ visible, collectionId: collection.id }, page);
    expect(ofCollection.items.map(({ id }) => id)).toEqual([imported]);
    await database().store.collections.deleteCollection(collection.id);
  });

  it.each([
    ["an id", { id: "a\0b" }],
    ["a space", { id: "t1", space: "\ud800" }],
  ])("with %s that cannot be stored are refused", async (_name, mirrors) => {
    await expect(mirror(database(), mirrors)).rejects.toThrow("a value contains");
  });
});

function remote(differences: Partial<VisibleSpaces> = {}): VisibleSpaces {
  return { provider: "test", upstream: "default", spaces: "all", ...differences };
}
