import type { StoreParts } from "./store-parts.js";

/** Says which process works on a task. By the database's clock, so that processes need not agree on the time. */
export class TaskLeases {
  readonly #prisma: StoreParts["prisma"];
  readonly #tables: StoreParts["tables"];
  readonly #seconds: number;

  constructor({ prisma, tables }: Pick<StoreParts, "prisma" | "tables">, seconds: number) {
    this.#prisma = prisma;
    this.#tables = tables;
    this.#seconds = seconds;
  }

  /** False when the task is finished, unknown or in the hands of somebody alive. */
  async take(taskId: string): Promise<boolean> {
    const count = await this.#prisma.$executeRaw`
      UPDATE ${this.#tables.task} SET leased_until = now() + ${this.#seconds}::int * interval '1 second'
      WHERE id = ${taskId} AND state = 'pending' AND (leased_until IS NULL OR leased_until < now())`;
    return count === 1;
  }

  async renew(taskIds: readonly string[]): Promise<void> {
    await this.#prisma.$executeRaw`
      UPDATE ${this.#tables.task} SET leased_until = now() + ${this.#seconds}::int * interval '1 second'
      WHERE id = ANY(${[...taskIds]}::text[]) AND state = 'pending'`;
  }

  async release(taskId: string): Promise<void> {
    await this.#prisma.$executeRaw`UPDATE ${this.#tables.task} SET leased_until = NULL WHERE id = ${taskId}`;
  }

  /** For a database that nobody else has open: whoever had a lease is dead. */
  async releaseAll(): Promise<void> {
    await this.#prisma.$executeRaw`UPDATE ${this.#tables.task} SET leased_until = NULL WHERE state = 'pending' AND leased_until IS NOT NULL`;
  }

  /** Pending tasks that nobody has in hand and no job will bring back; one whose job failed for good rests for an hour. */
  async findAbandoned(): Promise<readonly string[]> {
    const rows = await this.#prisma.$queryRaw<{ readonly id: string }[]>`
      SELECT t.id FROM ${this.#tables.task} t
      WHERE t.state = 'pending' AND (t.leased_until IS NULL OR t.leased_until < now())
        AND NOT EXISTS (
          SELECT FROM pgboss.job j
          WHERE j.name = 'task' AND j.singleton_key = t.id
            AND (j.state IN ('created', 'retry') OR j.state = 'failed' AND j.completed_on > now() - interval '1 hour'))
      ORDER BY t.sequence LIMIT 1000`;
    return rows.map(({ id }) => id);
  }
}
