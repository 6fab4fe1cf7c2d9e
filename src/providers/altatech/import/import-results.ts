import type { ProviderStore } from "../../../contract/provider-store.js";
import type { ServiceCall, ServiceReply } from "../../../contract/service.js";
import type { Caller } from "../../../core/caller.js";
import type { JsonObject } from "../../../json/value.js";
import type { Task, TaskFailure, TaskState } from "../../../core/task.js";
import { altatechFailures } from "../failures.js";
import { belongsTo } from "../table/find-table.js";

const importStatuses = { pending: "PENDING_PARSE", succeeded: "AVAILABLE", failed: "FAIL" } as const satisfies Record<TaskState, string>;

/** Several ids stand in parameters of their own, or in one with commas between them. */
export async function queryImportResults(store: ProviderStore, { query, caller }: ServiceCall<unknown>): Promise<ServiceReply> {
  const wanted = idParameters.flatMap((name) => [query[name] ?? []].flat()).flatMap((text) => text.split(",")).map((id) => id.trim());
  const ids = [...new Set(wanted)].filter((id) => id !== "");
  if (ids.length === 0) throw altatechFailures.refuse("parameter-error", { problem: "`ids` is required" });
  return { body: await readImportResults(store, { ids: ids.filter((id) => taskIdForm.test(id)), caller }) };
}

/** The second is how axios writes a list. */
const idParameters = ["ids", "ids[]"];

/** Whatever else is asked for is known to nobody, the database included. */
const taskIdForm = /^[0-9a-f]{24}$/;

/** One element a known id; a task of another bot is not known to the caller. */
async function readImportResults(store: ProviderStore, asked: { readonly ids: readonly string[]; readonly caller: Caller }): Promise<JsonObject[]> {
  const found = await store.tasks.tasksById(asked.ids);
  const tasks = found.filter((task) => task !== undefined);
  const tables = await store.collections.collectionsById(tasks.map((task) => task.collectionId));
  const visible = tasks.filter((_task, index) => {
    const table = tables[index];
    return table !== undefined && belongsTo(asked.caller, table);
  });
  // A row fails at most once and the whole batch at most once more, so one page holds all.
  const requests = visible.map((task) => ({ task, first: task.totalCount + 1 }));
  const pages = await store.tasks.failurePages(requests);
  return visible.map((task, index) => toResult(task, pages[index]?.items ?? []));
}

function toResult(task: Task, failures: readonly TaskFailure[]): JsonObject {
  return {
    id: task.id,
    progress: task.state === "pending" ? 1 : 100,
    status: importStatuses[task.state],
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
