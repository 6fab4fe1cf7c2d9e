import { type FailureKind, failureKinds } from "../../core/failure.js";
import { Prisma } from "../generated/client.js";
import type { Task, TaskError, TaskFailure, TaskState } from "../../core/task.js";

/** The columns of a task that are read everywhere. The payload is not one of them: it may be large. */
export interface TaskRow {
  readonly id: string;
  readonly provider: string;
  readonly collectionId: string;
  readonly state: TaskState;
  readonly totalCount: number;
  readonly successCount: number | null;
  readonly failCount: number | null;
  readonly errorKind: string | null;
  readonly errorMessage: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export const taskColumns = {
  id: true,
  provider: true,
  collectionId: true,
  state: true,
  totalCount: true,
  successCount: true,
  failCount: true,
  errorKind: true,
  errorMessage: true,
  createdAt: true,
  finishedAt: true,
  sequence: true,
} as const;

export function toTask(row: TaskRow): Task {
  return {
    id: row.id,
    provider: row.provider,
    collectionId: row.collectionId,
    state: row.state,
    totalCount: row.totalCount,
    ...(row.successCount !== null && { successCount: row.successCount }),
    ...(row.failCount !== null && { failCount: row.failCount }),
    ...(row.errorKind !== null && { error: toTaskError(row.errorKind, row.errorMessage ?? "") }),
    createdAt: row.createdAt,
    ...(row.finishedAt !== null && { finishedAt: row.finishedAt }),
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
