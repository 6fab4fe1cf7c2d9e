import { type FailureKind, failureKinds, writeOutcomes } from "../../core/failure.js";
import { Prisma } from "../generated/client.js";
import type { MirroredTask, Task, TaskError, TaskFailure, TaskState } from "../../core/task.js";
import type { LargeRows } from "../reading/large-rows.js";
import type { ScopedParts } from "../stores/store-parts.js";

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
  readonly task_id: string;
  readonly position: number;
  readonly record_index: number | null;
  readonly field: string | null;
  /** Null: the texts of the row were left out. */
  readonly message: string | null;
}

/** PostgreSQL knows the length of a text without reading it. */
const failureBytes = Prisma.sql`(octet_length(message) + coalesce(octet_length(field), 0))`;

/** The columns of `TaskFailureRow` but the task, without the texts of failures that have more than `light` bytes. */
export function lightFailureColumns(light: number): Prisma.Sql {
  const isLight = Prisma.sql`CASE WHEN ${failureBytes} <= ${light}::int THEN`;
  return Prisma.sql`position, record_index, ${isLight} field END AS field, ${isLight} message END AS message`;
}

export function largeFailures({ prisma, tables, scope }: ScopedParts): LargeRows<TaskFailureRow> {
  const isOneOf = (rows: readonly TaskFailureRow[]) => Prisma.sql`(task_id, position) IN (
    SELECT * FROM unnest(${rows.map((row) => row.task_id)}::text[], ${rows.map((row) => row.position)}::int[]))`;
  return {
    scope,
    isLeftOut: ({ message }) => message === null,
    sizeOf: ({ field, message }) => (field?.length ?? 0) + (message?.length ?? 0),
    keyOf: (row) => `${row.task_id}.${row.position}`,
    weigh: (rows) => prisma.$queryRaw`
      SELECT task_id || '.' || position AS key, ${failureBytes} AS weight, true AS exact
      FROM ${tables.task_failure} WHERE ${isOneOf(rows)}`,
    read: (rows) => prisma.$queryRaw`
      SELECT task_id, position, record_index, field, message FROM ${tables.task_failure} WHERE ${isOneOf(rows)}`,
  };
}

export function toTaskFailure(row: TaskFailureRow): TaskFailure {
  if (row.message === null) throw new TypeError("a failure is used before its texts are read");
  return {
    ...(row.record_index !== null && { recordIndex: row.record_index }),
    ...(row.field !== null && { field: row.field }),
    message: row.message,
  };
}
