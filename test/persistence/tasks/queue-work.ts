import { randomUUID } from "node:crypto";
import type { MirroredTask, TaskWork, UpstreamTask } from "../../../src/core/task.js";
import type { Database } from "../../../src/persistence/database.js";
import { createCollection } from "../databases.js";

export const patience = { timeout: 20_000, interval: 20 };

export function worker(work: TaskWork["work"]): TaskWork {
  return { providers: ["test"], work };
}

export async function enqueue(database: Database, provider = "test"): Promise<string> {
  const id = randomUUID();
  const collection = await createCollection(database.store);
  await database.store.tasks.enqueue({ id, provider, collection, payload: [], totalCount: 1 });
  return id;
}

export async function finish(database: Database, id: string): Promise<void> {
  const pending = await database.store.tasks.pendingTask(id);
  if (pending === undefined) return;
  const batch = { collection: pending.collection, records: [{ fields: {} }] };
  await database.store.tasks.finish({
    taskId: id,
    state: "succeeded",
    failCount: 0,
    batch,
    uniqueValues: [],
    failures: [],
  });
}

/** Stores a task that a real service has accepted, of two records. */
export function mirror(
  { store }: Database,
  { upstream = "default", id = randomUUID(), ...rest }: Partial<UpstreamTask> = {},
): Promise<MirroredTask> {
  const mirrors = { upstream, id, ...rest };
  return store.tasks.mirror({ id: randomUUID(), provider: "test", mirrors, totalCount: 2 });
}
