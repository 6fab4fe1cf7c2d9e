import { describe, expect, test } from "vitest";
import { startImportWorker } from "../../src/application/import-tasks.js";
import type { ImportKind } from "../../src/contract/provider.js";
import type { FinishOutcome, PendingTask, TaskQueue, TaskResult, TaskStore, TaskWork } from "../../src/core/task.js";
import { createFakeProvider } from "../graphql/fake-provider.js";
import { collectionOf, createDirectory, createPort, taskOf } from "./application-world.js";

const stored: TaskResult = {
  taskId: "shelf-task",
  state: "succeeded",
  failCount: 0,
  batch: { collection: { id: "shelf-1", version: 4 }, records: [{ fields: { title: "Dune" } }] },
  uniqueValues: [{ field: "title", value: "Dune", recordIndex: 0 }],
  failures: [],
};

const imports: ImportKind = {
  process: () => stored,
  clash: (_pending, result, values) => ({
    ...result,
    state: "failed",
    failures: values.map(({ field, value }) => ({ field, message: `${value} is stored` })),
  }),
};

interface World {
  /** Delivers the id of a task, as the queue does. */
  readonly work: (taskId: string) => Promise<void>;
  readonly finished: readonly TaskResult[];
  /** The providers whose tasks the worker requests. */
  readonly providers: readonly string[];
}

async function createWorld(pending: PendingTask | undefined, ...outcomes: FinishOutcome[]): Promise<World> {
  const finished: TaskResult[] = [];
  const started: TaskWork[] = [];
  await startImportWorker({
    directory: createDirectory(
      { provider: { ...createFakeProvider(), imports } },
      { provider: createFakeProvider({ id: "attic" }) },
    ),
    tasks: createPort<TaskStore>({
      pendingTask: async (id) => (pending?.task.id === id ? pending : undefined),
      finish: async (result) => {
        finished.push(result);
        return outcomes.shift() ?? { status: "finished" };
      },
    }),
    queue: createPort<TaskQueue>({ start: async (tasks) => void started.push(tasks) }),
  });
  const [tasks] = started;
  if (tasks === undefined) throw new Error("the worker did not start the queue");
  return { ...tasks, finished };
}

function pendingOf(provider: string): PendingTask {
  return { task: taskOf(provider), collection: collectionOf(provider), payload: [{ title: "Dune" }] };
}

describe("the import worker", () => {
  test("finishes a task with the result of its provider", async () => {
    const { work, finished } = await createWorld(pendingOf("shelf"));
    await work("shelf-task");
    expect(finished).toEqual([stored]);
  });

  test("finishes a task with its provider's result for a clash when a value is stored already", async () => {
    const { work, finished } = await createWorld(pendingOf("shelf"), { status: "clash", values: stored.uniqueValues });
    await work("shelf-task");
    expect(finished).toEqual([
      stored,
      { ...stored, state: "failed", failures: [{ field: "title", message: "Dune is stored" }] },
    ]);
  });

  test("does not finish a task again that another process finished", async () => {
    const { work, finished } = await createWorld(pendingOf("shelf"), { status: "superseded" });
    await work("shelf-task");
    expect(finished).toEqual([stored]);
  });

  test("ignores a task that is unknown or finished", async () => {
    const { work, finished } = await createWorld(undefined);
    await work("shelf-task");
    expect(finished).toEqual([]);
  });

  test("requests tasks of providers with imports only", async () => {
    const { work, finished, providers } = await createWorld(pendingOf("attic"));
    expect(providers).toEqual(["shelf"]);
    await expect(work("attic-task")).rejects.toThrow("attic");
    expect(finished).toEqual([]);
  });
});
