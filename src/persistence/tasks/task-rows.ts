import { type FailureKind, failureKinds, writeOutcomes } from "../../core/failure.js";
import { Prisma } from "../generated/client.js";
import type { MirroredTask, Task, TaskError, TaskFailure, TaskState } from "../../core/task.js";

/** The columns of a task that are read everywhere. The payload is not one of them: it may be large. */
export interface TaskRow {
  readonly id: string;
  readonly provider: string;
  readonly collection_id: string | null;
  readonly upstream: string | null;
  readonly upstream_task_id: string | null;
  readonly space: string | null;
  readonly state: TaskState;
  readonly total_count: number;
  readonly success_count: number | null;
  readonly fail_count: number | null;
  readonly error_kind: string | null;
  readonly error_message: string | null;
  readonly error_outcome: string | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly sequence: bigint;
}

/** The columns of `TaskRow`, from `task AS t`. */
export const taskColumns = Prisma.sql`t.id, t.provider, t.collection_id, t.upstream, t.upstream_task_id, t.space, t.state::text AS state, t.total_count, t.success_count, t.fail_count, t.error_kind, t.error_message, t.error_outcome, t.created_at, t.finished_at, t.sequence`;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    provider: row.provider,
    ...(row.collection_id !== null && { collectionId: row.collection_id }),
    ...toMirrors(row),
    state: row.state,
    totalCount: row.total_count,
    ...(row.success_count !== null && { successCount: row.success_count }),
    ...(row.fail_count !== null && { failCount: row.fail_count }),
    ...(row.error_kind !== null && { error: toTaskError(row.error_kind, row) }),
    createdAt: row.created_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  };
}

function toMirrors({ upstream, upstream_task_id: id, space }: TaskRow): Pick<Task, "mirrors"> {
  if (upstream === null || id === null) return {};
  return { mirrors: { upstream, id, ...(space !== null && { space }) } };
}

/** @throws Error for a task of the embedded service */
export function toMirroredTask(row: TaskRow): MirroredTask {
  const { mirrors, ...task } = toTask(row);
  if (mirrors === undefined) throw new Error(`the task ${row.id} mirrors nothing`);
  return { ...task, mirrors };
}

/** A word that this version does not know was written by a newer one. */
function toTaskError(
  word: string,
  { error_message: message, error_outcome: told }: Pick<TaskRow, "error_message" | "error_outcome">,
): TaskError {
  const kind: FailureKind = failureKinds.find((known) => known === word) ?? "internal";
  const outcome = told === null ? undefined : (writeOutcomes.find((known) => known === told) ?? "unknown");
  return { kind, message: message ?? "", ...(outcome !== undefined && { outcome }) };
}

export interface TaskFailureRow {
  readonly position: number;
  readonly record_index: number | null;
  readonly field: string | null;
  readonly message: string;
}

/** The columns of `TaskFailureRow`. */
export const failureColumns = Prisma.sql`position, record_index, field, message`;

export function toTaskFailure(row: TaskFailureRow): TaskFailure {
  return {
    ...(row.record_index !== null && { recordIndex: row.record_index }),
    ...(row.field !== null && { field: row.field }),
    message: row.message,
  };
}
