import type { FailureKind } from "../../core/failure.js";
import { Prisma } from "../generated/client.js";
import type { StoreParts } from "../stores/store-parts.js";

export const leaseSeconds = 15;

/**
 * The first attempt and ten repeats. The pauses double from 1 s, so the last repeat follows 17 minutes after the first
 * attempt.
 */
const maxLeaseAttempts = 11;

/**
 * A task that this process carries out. The number of the attempt distinguishes it from a later lease of the same task.
 */
export interface Lease {
  readonly taskId: string;
  readonly attempt: number;
}

/**
 * Records which process carries out a task: imports of the embedded services, or mirrored tasks. Leases are by the clock
 * of the database, so the clocks of processes need not agree; pauses are by the clock of the process that makes them.
 */
export class TaskLeases {
  readonly #parts: StoreParts;
  readonly #areOwn: Prisma.Sql;

  constructor(parts: StoreParts, kind: "imports" | "mirrors") {
    this.#parts = parts;
    this.#areOwn = kind === "imports" ? Prisma.sql`upstream IS NULL` : Prisma.sql`upstream IS NOT NULL`;
  }

  /**
   * Leases up to `count` tasks that are due and not leased, the oldest first. Skips rows that another process has
   * locked.
   */
  async take(providers: readonly string[], count: number): Promise<readonly Lease[]> {
    const { prisma, tables, clock } = this.#parts;
    const rows = await prisma.$queryRaw<{ readonly id: string; readonly attempts: number }[]>`
      UPDATE ${tables.task}
      SET leased_until = now() + ${leaseSeconds}::int * interval '1 second', attempts = attempts + 1
      WHERE id = ANY(ARRAY(
        SELECT id FROM ${tables.task}
        WHERE state = 'pending' AND provider = ANY(${[...providers]}::text[]) AND ${this.#areOwn}
          AND (leased_until IS NULL OR leased_until < now())
          AND (run_after IS NULL OR run_after <= ${clock.now()}::timestamptz)
        ORDER BY sequence LIMIT ${count}::int FOR UPDATE SKIP LOCKED))
      RETURNING id, attempts`;
    return rows.map(({ id, attempts }) => ({ taskId: id, attempt: attempts }));
  }

  /** Whether any task has not ended, leased or not. */
  async haveWork(providers: readonly string[]): Promise<boolean> {
    const { prisma, tables } = this.#parts;
    const [row] = await prisma.$queryRaw<[{ readonly found: boolean }]>`
      SELECT EXISTS (
        SELECT FROM ${tables.task}
        WHERE state = 'pending' AND provider = ANY(${[...providers]}::text[]) AND ${this.#areOwn}) AS found`;
    return row.found;
  }

  async renew(leases: readonly Lease[]): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = now() + ${leaseSeconds}::int * interval '1 second'
      WHERE id = ANY(${idsOf(leases)}::text[]) AND state = 'pending'`;
  }

  /** Returns leases of tasks that were not begun, or of mirrored tasks that were not answered. */
  async release(leases: readonly Lease[]): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = NULL, attempts = attempts - 1
      WHERE id = ANY(${idsOf(leases)}::text[]) AND state = 'pending'`;
  }

  /**
   * Makes the task due again after a pause that doubles with each attempt, from one second. Does nothing when the task
   * is finished.
   */
  async putBack(lease: Lease): Promise<void> {
    await this.postpone(lease, 1000 * 2 ** (Math.min(lease.attempt, maxLeaseAttempts) - 1));
  }

  /** Makes the task due again after a pause. Does nothing when the task is finished. */
  async postpone({ taskId, attempt }: Lease, pauseMs: number): Promise<void> {
    const { prisma, tables, clock } = this.#parts;
    const due = new Date(clock.now().getTime() + pauseMs);
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = NULL, run_after = ${due}::timestamptz
      WHERE id = ${taskId} AND state = 'pending' AND attempts = ${attempt}::int`;
  }

  /** Fails the task, with a message for the client. Does nothing when the task is finished. */
  async giveUp({ taskId, attempt }: Lease): Promise<void> {
    const { prisma, tables, clock } = this.#parts;
    const message = `The import was given up after ${maxLeaseAttempts} attempts.`;
    await prisma.$executeRaw`
      WITH failed AS (
        UPDATE ${tables.task}
        SET state = 'failed', success_count = 0, fail_count = total_count,
          error_kind = ${failureKindOfLastAttempt}, error_message = ${message},
          payload = NULL, leased_until = NULL, finished_at = ${clock.now()}::timestamptz
        WHERE id = ${taskId} AND state = 'pending' AND attempts = ${attempt}::int
        RETURNING id
      ) INSERT INTO ${tables.task_failure} (task_id, position, message) SELECT id, 0, ${message} FROM failed`;
  }

  /** For a database that no other process has open: every lease belongs to a dead process. */
  async releaseAll(): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = NULL
      WHERE state = 'pending' AND leased_until IS NOT NULL AND ${this.#areOwn}`;
  }
}

const failureKindOfLastAttempt: FailureKind = "internal";

/** Whether no further attempt follows. */
export function isLast({ attempt }: Lease): boolean {
  return attempt >= maxLeaseAttempts;
}

/** Whether the task has used up its attempts, because processes died while they carried it out. */
export function isTooMany({ attempt }: Lease): boolean {
  return attempt > maxLeaseAttempts;
}

function idsOf(leases: readonly Lease[]): string[] {
  return leases.map(({ taskId }) => taskId);
}
