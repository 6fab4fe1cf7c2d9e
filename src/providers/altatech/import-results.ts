import type { Caller } from "../../core/caller.js";
import type { JsonObject } from "../../core/json.js";
import type { Collection } from "../../core/collection.js";
import type { Store } from "../../core/store.js";
import type { Task, TaskFailure, TaskState } from "../../core/task.js";
import { providerId } from "./dialect.js";

const statuses = { pending: "PENDING_PARSE", succeeded: "AVAILABLE", failed: "FAIL" } as const satisfies Record<TaskState, string>;

/** A key belongs to one bot, and so do the tables it reaches. */
export function belongsTo({ grants }: Caller, table: Collection): boolean {
  return grants === "all" || grants.includes(table.spaceName);
}

/** One element a known id; a task of another bot is not known to the caller. */
export async function readImportResults(store: Store, asked: { readonly ids: readonly string[]; readonly caller: Caller }): Promise<JsonObject[]> {
  const found = await store.tasks.tasksById(asked.ids);
  const tasks = found.filter((task): task is Task => task?.provider === providerId);
  const tables = await store.collections.collectionsById(tasks.map((task) => task.collectionId));
  const visible = tasks.filter((_task, index) => {
    const table = tables[index];
    return table !== undefined && belongsTo(asked.caller, table);
  });
  return Promise.all(visible.map(async (task) => toResult(task, await readFailures(store, task))));
}

/** A row fails at most once and the whole batch at most once more, so one page holds all. */
async function readFailures(store: Store, task: Task): Promise<readonly TaskFailure[]> {
  if (!task.failCount) return [];
  const { items } = await store.tasks.listFailures(task.id, { first: task.totalCount + 1 });
  return items;
}

function toResult(task: Task, failures: readonly TaskFailure[]): JsonObject {
  return {
    id: task.id,
    progress: task.state === "pending" ? 1 : 100,
    status: statuses[task.state],
    total_count: task.totalCount,
    success_count: task.successCount ?? 0,
    fail_count: task.failCount ?? 0,
    fail_detail: failures.map(toDetail),
  };
}

/** Rows count from 1; a clash with stored rows concerns none of them alone. */
function toDetail({ recordIndex, message }: TaskFailure): JsonObject {
  return {
    row: recordIndex === undefined ? null : recordIndex + 1,
    row_number_start: 0,
    row_number_end: 0,
    fail_reason: message,
  };
}
