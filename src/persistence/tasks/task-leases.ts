import type { FailureKind } from "../../core/failure.js";
import type { StoreParts } from "../stores/store-parts.js";

export const leaseSeconds = 15;

/** The first and ten repeats, the last of them 17 minutes later. */
const maxLeaseAttempts = 11;

/** A task that this process has in hand. The number of the attempt tells it from the same task in other hands. */
export interface Lease {
  readonly taskId: string;
  readonly attempt: number;
}

/** Says which process works on a task. By the database's clock, so that processes need not agree on the time. */
export class TaskLeases {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  /** Takes up to `count` tasks that are due and in no living process's hands, the oldest first, and waits for none. */
  async take(providers: readonly string[], count: number): Promise<readonly Lease[]> {
    const { prisma, tables } = this.#parts;
    const rows = await prisma.$queryRaw<{ readonly id: string; readonly attempts: number }[]>`
      UPDATE ${tables.task}
      SET leased_until = now() + ${leaseSeconds}::int * interval '1 second', attempts = attempts + 1
      WHERE id = ANY(ARRAY(
        SELECT id FROM ${tables.task}
        WHERE state = 'pending' AND provider = ANY(${[...providers]}::text[])
          AND (leased_until IS NULL OR leased_until < now()) AND (run_after IS NULL OR run_after <= now())
        ORDER BY sequence LIMIT ${count}::int FOR UPDATE SKIP LOCKED))
      RETURNING id, attempts`;
    return rows.map(({ id, attempts }) => ({ taskId: id, attempt: attempts }));
  }

  async renew(leases: readonly Lease[]): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = now() + ${leaseSeconds}::int * interval '1 second'
      WHERE id = ANY(${idsOf(leases)}::text[]) AND state = 'pending'`;
  }

  /** Gives back what was taken and not begun. */
  async release(leases: readonly Lease[]): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = NULL, attempts = attempts - 1
      WHERE id = ANY(${idsOf(leases)}::text[]) AND state = 'pending'`;
  }

  /** Does nothing when the task is finished. Else it is due again after a pause that doubles, from one second. */
  async putBack({ taskId, attempt }: Lease): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task}
      SET leased_until = NULL, run_after = now() + ${2 ** (attempt - 1)}::int * interval '1 second'
      WHERE id = ${taskId} AND state = 'pending' AND attempts = ${attempt}::int`;
  }

  /** Does nothing when the task is finished. Else it fails, and its client is told. */
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

  /** For a database that no other process has open: whatever had a lease is dead. */
  async releaseAll(): Promise<void> {
    const { prisma, tables } = this.#parts;
    await prisma.$executeRaw`
      UPDATE ${tables.task} SET leased_until = NULL WHERE state = 'pending' AND leased_until IS NOT NULL`;
  }
}

const failureKindOfLastAttempt: FailureKind = "internal";

/** Whether no other attempt follows this one. */
export function isLast({ attempt }: Lease): boolean {
  return attempt >= maxLeaseAttempts;
}

/** Whether processes have died over the task so often that this attempt is one too many. */
export function isTooMany({ attempt }: Lease): boolean {
  return attempt > maxLeaseAttempts;
}

function idsOf(leases: readonly Lease[]): string[] {
  return leases.map(({ taskId }) => taskId);
}
