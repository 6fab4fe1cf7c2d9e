import { defineRemoteTasks, type AskedTask } from "../../../contract/tasks/remote-tasks.js";
import type { ReportedFailure, TaskReport } from "../../../contract/tasks/task-end.js";
import { queryImportResultsContract, type ImportResult } from "../contract.js";

/** The number of times and the first pause are those of the known clients. */
export const altatechTasks = defineRemoteTasks({
  contract: queryImportResultsContract,
  toCall: ({ id }) => ({ query: { ids: id }, body: undefined }),
  read: (reply, task) => {
    const results = Array.isArray(reply) ? reply : reply.data;
    const result = results.find(({ id }) => id === task.id);
    return result && readResult(result, task);
  },
  polls: 30,
  firstPauseMs: 1500,
});

type FailDetail = NonNullable<ImportResult["fail_detail"]>[number];

/** Every other status than these two is one of a task that has not ended. `progress` is never a sign of completion. */
function readResult(result: ImportResult, { totalCount }: AskedTask): TaskReport | undefined {
  const { status, success_count: stored, fail_count: refused, fail_detail: details } = result;
  if (status !== "AVAILABLE" && status !== "FAIL") return undefined;
  return {
    successCount: stored ?? undefined,
    failCount: refused ?? undefined,
    failures: (details ?? []).map(toReportedFailure),
    error: status === "FAIL" ? readError(details ?? [], totalCount) : undefined,
  };
}

function toReportedFailure(detail: FailDetail): ReportedFailure {
  const { row, row_number_start: first, row_number_end: last } = detail;
  const message = reasonOf(detail);
  if (typeof row === "number") return { recordIndex: row - 1, message };
  // Older editions tell the first error of a chunk of rows.
  if (typeof first === "number" && typeof last === "number" && last > 0)
    return { message: `rows ${first} to ${last}: ${message}` };
  return { message };
}

/** A detail of no row is a clash with what is stored, which refuses the whole batch. */
function readError(details: readonly FailDetail[], totalCount: number): NonNullable<TaskReport["error"]> {
  const clash = details.find((each) => each.row === null || (each.row === undefined && isClash(reasonOf(each))));
  if (clash !== undefined) return { kind: "conflict", message: reasonOf(clash) };
  const [first] = details;
  const message = `None of the ${totalCount} rows was stored. ${first ? reasonOf(first) : ""}`.trimEnd();
  return { kind: "invalid-input", message };
}

/** The error code of a duplicate entry. */
function isClash(reason: string): boolean {
  return reason.includes("1062");
}

function reasonOf({ fail_reason: reason }: FailDetail): string {
  return reason ?? "The service gives no reason.";
}
