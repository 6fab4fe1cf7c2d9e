import type { ProviderStore } from "../../../contract/provider-store.js";
import type { CallOf, ServiceReply } from "../../../contract/service.js";
import type { ProviderCaller } from "../../../core/access/caller.js";
import type { JsonObject } from "../../../json/value.js";
import type { Task, TaskFailure, TaskState } from "../../../core/task.js";
import type { queryImportResultsContract } from "../contract.js";
import { altatechFailures } from "../failures.js";
import { belongsTo } from "../table/find-table.js";

const importStatuses = { pending: "PENDING_PARSE", succeeded: "AVAILABLE", failed: "FAIL" } as const satisfies Record<
  TaskState,
  string
>;

/** A query names several ids in repeated parameters, or in one parameter separated by commas. */
export async function queryImportResults(
  store: ProviderStore,
  { query, caller }: CallOf<typeof queryImportResultsContract>,
): Promise<ServiceReply> {
  const wanted = idParameters
    .flatMap((name) => [query[name] ?? []].flat())
    .flatMap((text) => text.split(","))
    .map((id) => id.trim());
  const ids = [...new Set(wanted)].filter((id) => id !== "");
  if (ids.length === 0) throw altatechFailures.refuse("parameter-error", { problem: "`ids` is required" });
  return { body: await readImportResults(store, { ids: ids.filter((id) => taskIdForm.test(id)), caller }) };
}

/** axios writes a list as `ids[]`. */
const idParameters = ["ids", "ids[]"];

/** Ids of another form are dropped before the database sees them: no task has one. */
const taskIdForm = /^[0-9a-f]{24}$/;

/** Answers one element per known id. A task of another bot counts as unknown. */
async function readImportResults(
  store: ProviderStore,
  wanted: { readonly ids: readonly string[]; readonly caller: ProviderCaller },
): Promise<JsonObject[]> {
  const found = await store.tasks.tasksById(wanted.ids);
  const tasks = found.filter((task) => task !== undefined);
  const tables = await store.collections.collectionsById(tasks.map((task) => task.collectionId));
  const visible = tasks.filter((_task, index) => {
    const table = tables[index];
    return table !== undefined && belongsTo(wanted.caller, table);
  });
  // A task has at most one failure per row and one for the whole batch, so one page holds them all.
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

/** `row` counts from 1 and is null for a clash with stored values, which concerns the whole batch. */
function toDetail({ recordIndex, message }: TaskFailure): JsonObject {
  return {
    row: recordIndex === undefined ? null : recordIndex + 1,
    row_number_start: 0,
    row_number_end: 0,
    fail_reason: message,
  };
}
