import { type FailureKind, failureKinds } from "../../core/failure.js";
import { Prisma } from "../generated/client.js";
import type { Task, TaskError, TaskFailure, TaskState } from "../../core/task.js";

/** The columns of a task that are read everywhere. The payload is not one of them: it may be large. */
export interface TaskRow {
  readonly id: string;
  readonly provider: string;
  readonly collection_id: string;
  readonly state: TaskState;
  readonly total_count: number;
  readonly success_count: number | null;
  readonly fail_count: number | null;
  readonly error_kind: string | null;
  readonly error_message: string | null;
  readonly created_at: Date;
  readonly finished_at: Date | null;
  readonly sequence: bigint;
}

/** The columns of `TaskRow`, from `task AS t`. */
export const taskColumns = Prisma.sql`t.id, t.provider, t.collection_id, t.state::text AS state, t.total_count, t.success_count, t.fail_count, t.error_kind, t.error_message, t.created_at, t.finished_at, t.sequence`;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    provider: row.provider,
    collectionId: row.collection_id,
    state: row.state,
    totalCount: row.total_count,
    ...(row.success_count !== null && { successCount: row.success_count }),
    ...(row.fail_count !== null && { failCount: row.fail_count }),
    ...(row.error_kind !== null && { error: toTaskError(row.error_kind, row.error_message ?? "") }),
    createdAt: row.created_at,
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
  };
}

/** A kind that this version does not know was written by a newer one. */
function toTaskError(word: string, message: string): TaskError {
  const kind: FailureKind = failureKinds.find((known) => known === word) ?? "internal";
  return { kind, message };
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
