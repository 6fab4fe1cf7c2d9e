import type { FailureKind } from "../../core/failure.js";
import type { MirrorResult, TaskError, TaskFailure } from "../../core/task.js";

/** What a service tells of one task. Nothing of it is believed blindly: numbers may contradict the request. */
export interface TaskReport {
  readonly successCount?: number;
  readonly failCount?: number;
  readonly failures: readonly ReportedFailure[];
  /** Present when the service says that it has stored nothing. */
  readonly error?: { readonly kind: FailureKind; readonly message: string };
}

export interface ReportedFailure {
  /** Counts from 0, as in the request; absent when the service does not tell. */
  readonly recordIndex?: number;
  readonly message: string;
}

/** How a task has ended; its texts may be told. */
export type TaskEnd = Omit<MirrorResult, "taskId">;

interface Told {
  /** The number of records that were sent. */
  readonly totalCount: number;
  /** A text of the service as it may be told. */
  readonly tell: (text: string) => string;
}

/** The most failures of a task that are kept. A service has one for each record and a few for the whole. */
const maxFailures = 10_000;

/**
 * Counts that cannot be are replaced by what the others imply, or left out. A contradiction becomes a failure of the
 * list, so that a record which the service has dropped is not lost silently.
 */
export function toTaskEnd(report: TaskReport, told: Told): TaskEnd {
  const { totalCount, tell } = told;
  const counts = judgeCounts(report, totalCount);
  const failures = report.failures.slice(0, maxFailures).map((each) => toFailure(each, told));
  const unlisted = report.failures.length - failures.length;
  const notes = [
    ...(counts.contradiction === undefined ? [] : [counts.contradiction]),
    ...(unlisted === 0 ? [] : [`The service reports ${unlisted} more failures.`]),
  ];
  const { successCount, failCount } = counts;
  return {
    state: report.error === undefined ? "succeeded" : "failed",
    successCount,
    failCount,
    failures: [...failures, ...notes.map((message) => ({ message }))],
    error: report.error && toError(report.error, { stored: successCount ?? 0, tell }),
  };
}

interface JudgedCounts {
  readonly successCount?: number;
  readonly failCount?: number;
  /** For clients. */
  readonly contradiction?: string;
}

function judgeCounts(report: TaskReport, total: number): JudgedCounts {
  const { successCount: stored, failCount: refused, failures, error } = report;
  const isCount = (count: number | undefined): count is number =>
    count !== undefined && Number.isInteger(count) && count >= 0 && count <= total;
  const rest = (count: number | undefined): number | undefined => (isCount(count) ? total - count : undefined);
  // A service that has stored nothing says that the task failed.
  const isDenied = error === undefined && stored === 0;
  const derived = error === undefined ? rest(refused) : 0;
  const successCount = isDenied ? undefined : isCount(stored) ? stored : derived;
  const failCount = isCount(refused) ? refused : rest(successCount);
  const told = [stored, refused].filter((count) => count !== undefined);
  const named = new Set(failures.flatMap(({ recordIndex = -1 }) => (recordIndex >= 0 ? [recordIndex] : []))).size;
  const isConsistent =
    !isDenied &&
    told.every(isCount) &&
    (successCount === undefined || failCount === undefined || successCount + failCount === total) &&
    (error === undefined || successCount === 0) &&
    named <= (failCount ?? named);
  if (isConsistent) return { successCount, failCount };
  const ending = error === undefined ? "" : ", and that the import failed";
  const contradiction = `The service reports ${show(stored)} stored and ${show(refused)} refused of the ${total} records that were sent${ending}; it describes ${failures.length} failures.`;
  return { successCount, failCount, contradiction };
}

function show(count: number | undefined): string {
  return count === undefined ? "an unknown number of" : String(count);
}

function toFailure({ recordIndex, message }: ReportedFailure, { totalCount, tell }: Told): TaskFailure {
  if (recordIndex === undefined) return { message: tell(message) };
  if (Number.isInteger(recordIndex) && recordIndex >= 0 && recordIndex < totalCount)
    return { recordIndex, message: tell(message) };
  return { message: tell(`of record ${recordIndex + 1}, which was not sent: ${message}`) };
}

/** A failed task of which the service reports stored records proves nothing. */
function toError(
  { kind, message }: NonNullable<TaskReport["error"]>,
  { stored, tell }: { readonly stored: number; readonly tell: Told["tell"] },
): TaskError {
  return { kind, message: tell(message), outcome: stored === 0 ? "not-applied" : "unknown" };
}
