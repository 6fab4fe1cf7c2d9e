import { allOf, everywhere } from "../../service/visible.js";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Collection } from "../../../src/core/collection.js";
import type { TaskResult } from "../../../src/core/task.js";
import type { Database } from "../../../src/persistence/database.js";
import { createCollection, describeOnEachDatabase } from "../databases.js";

const everything = { first: 1000 };

describeOnEachDatabase("tasks", (database) => {
  it("are enqueued with their payload, every digit kept", async () => {
    const { tasks } = database().store;
    const collection = await createCollection(database().store);
    const id = randomUUID();
    const payload = { rows: [{ big: 9007199254740993n }], note: "x" };
    await expect(tasks.enqueue({ id, provider: "test", collection, payload, totalCount: 1 })).resolves.toBe("stored");
    const pending = await tasks.pendingTask(id);
    expect(pending).toMatchObject({
      task: { id, state: "pending", totalCount: 1, collectionId: collection.id },
      collection,
      payload,
    });
    expect(pending?.task).not.toHaveProperty("successCount");
    await expect(tasks.pendingTask("unknown")).resolves.toBeUndefined();
  });

  it("are not enqueued for a collection that is gone or has another version", async () => {
    const { tasks } = database().store;
    const collection = await createCollection(database().store);
    const id = randomUUID();
    await expect(
      tasks.enqueue({
        id,
        provider: "test",
        collection: { id: collection.id, version: 2 },
        payload: [],
        totalCount: 0,
      }),
    ).resolves.toBe("stale");
    await expect(
      tasks.enqueue({ id, provider: "test", collection: { id: randomUUID(), version: 1 }, payload: [], totalCount: 0 }),
    ).resolves.toBe("stale");
    await expect(tasks.tasksById(everywhere, [id])).resolves.toEqual([undefined]);
  });

  it("are finished once, with everything that belongs to it", async () => {
    const { tasks, records } = database().store;
    const { collection, id } = await enqueue(database(), 3);
    const result: TaskResult = {
      taskId: id,
      state: "succeeded",
      batch: {
        collection,
        records: [
          { key: "1", fields: { n: 9007199254740993n } },
          { key: "2", fields: {} },
        ],
      },
      uniqueValues: [{ field: "n", value: "x", recordIndex: 0 }],
      failures: [{ recordIndex: 1, field: "n", message: "bad" }, { message: "whole" }],
      failCount: 1,
    };
    const outcomes = await Promise.all([tasks.finish(result), tasks.finish(result), tasks.finish(result)]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["finished", "superseded", "superseded"]);
    const [task] = await tasks.tasksById(everywhere, [id]);
    expect(task).toMatchObject({ state: "succeeded", totalCount: 3, successCount: 2, failCount: 1 });
    expect(task?.finishedAt).toBeInstanceOf(Date);
    expect((await records.listRecords(collection.id, everything)).items.map((record) => record.fields)).toEqual([
      { n: 9007199254740993n },
      {},
    ]);
    await expect(tasks.pendingTask(id)).resolves.toBeUndefined();
    const pages = await tasks.failurePages(everywhere, [
      { ownerId: id, first: 1, after: "0" },
      { ownerId: "none", first: 1 },
      { ownerId: id, first: 1 },
    ]);
    expect(pages).toEqual([
      { items: [{ message: "whole" }], keys: ["1"], hasNextPage: false },
      { items: [], keys: [], hasNextPage: false },
      { items: [{ recordIndex: 1, field: "n", message: "bad" }], keys: ["0"], hasNextPage: true },
    ]);
    expect(await tasks.failurePages(everywhere, [{ ownerId: id, first: 1, after: "nonsense" }])).toEqual([
      { items: [], keys: [], hasNextPage: false },
    ]);
  });

  it("write nothing when a value is taken, and name the taken values in the given order", async () => {
    const { tasks, records } = database().store;
    const { collection, id } = await enqueue(database(), 1);
    const other = await enqueue(database(), 2, collection);
    await tasks.finish(finishing(id, collection, ["b", "a", "d"]));
    const outcome = await tasks.finish(finishing(other.id, collection, ["z", "d", "c", "b", "z"]));
    expect(outcome).toEqual({
      status: "clash",
      values: [
        { field: "f", value: "d", recordIndex: 1 },
        { field: "f", value: "b", recordIndex: 3 },
        { field: "f", value: "z", recordIndex: 4 },
      ],
    });
    expect((await tasks.tasksById(everywhere, [other.id]))[0]).toMatchObject({ state: "pending" });
    expect((await records.listRecords(collection.id, everything)).items).toHaveLength(3);
    const error = { kind: "conflict", message: "taken" } as const;
    const failed = {
      taskId: other.id,
      state: "failed",
      batch: { collection, records: [] },
      uniqueValues: [],
      failures: [],
      failCount: 2,
      error,
    } as const;
    await expect(tasks.finish(failed)).resolves.toEqual({ status: "finished" });
    expect((await tasks.tasksById(everywhere, [other.id]))[0]).toMatchObject({
      state: "failed",
      successCount: 0,
      failCount: 2,
      error,
    });
  });

  it("with crossing values leave one winner and no deadlock", async () => {
    const { tasks } = database().store;
    const { collection, id } = await enqueue(database(), 1);
    const ids = [
      id,
      ...(await Promise.all(Array.from({ length: 7 }, async () => (await enqueue(database(), 1, collection)).id))),
    ];
    const values = Array.from({ length: 40 }, (_, index) => `v${index}`);
    const outcomes = await Promise.all(
      ids.map((each, index) =>
        tasks.finish(finishing(each, collection, index % 2 === 0 ? values : values.toReversed())),
      ),
    );
    expect(outcomes.filter((outcome) => outcome.status === "finished")).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.status === "clash")).toHaveLength(7);
  });

  it("are superseded when their collection is gone or changed", async () => {
    const { tasks, collections } = database().store;
    const { collection, id } = await enqueue(database(), 1);
    await expect(tasks.finish(finishing(id, { ...collection, version: 2 }, ["a"]))).resolves.toEqual({
      status: "superseded",
    });
    await collections.deleteCollection(collection.id);
    await expect(tasks.finish(finishing(id, collection, ["a"]))).resolves.toEqual({ status: "superseded" });
  });

  it("are listed newest first, page by page, of all collections or one", async () => {
    const { tasks } = database().store;
    const providers = ["test"];
    const { collection, id } = await enqueue(database(), 1);
    const second = await enqueue(database(), 1, collection);
    const elsewhere = await enqueue(database(), 1);
    const all = await tasks.listTasks({ visible: allOf(...providers) }, { first: 2 });
    expect([all.items.map((task) => task.id), all.hasNextPage]).toEqual([[elsewhere.id, second.id], true]);
    expect(
      (await tasks.listTasks({ visible: allOf(...providers) }, { first: 1, after: all.keys[1] ?? "" })).items.map(
        (task) => task.id,
      ),
    ).toEqual([id]);
    const own = await tasks.listTasks({ visible: allOf(...providers), collectionId: collection.id }, { first: 5 });
    expect([own.items.map((task) => task.id), own.hasNextPage]).toEqual([[second.id, id], false]);
    expect(
      (await tasks.listTasks({ visible: allOf(...providers), collectionId: "nonsense" }, { first: 5 })).items,
    ).toEqual([]);
    expect((await tasks.tasksById(everywhere, [second.id, "nonsense", id])).map((task) => task?.id)).toEqual([
      second.id,
      undefined,
      id,
    ]);
  });
});

async function enqueue(
  database: Database,
  totalCount: number,
  into?: Collection,
): Promise<{ collection: Collection; id: string }> {
  const collection = into ?? (await createCollection(database.store));
  const id = randomUUID();
  await database.store.tasks.enqueue({ id, provider: "test", collection, payload: null, totalCount });
  return { collection, id };
}

/** One record per value; each value is unique in the field `f`. */
function finishing(taskId: string, collection: Collection, values: readonly string[]): TaskResult {
  return {
    taskId,
    state: "succeeded",
    batch: { collection, records: values.map((value) => ({ fields: { value } })) },
    uniqueValues: values.map((value, recordIndex) => ({ field: "f", value, recordIndex })),
    failures: [],
    failCount: 0,
  };
}
