import PgBoss from "pg-boss";
import type { Connection, ExecuteSql } from "./connection.js";

const queue = "task";

/** A wake-up: the task itself says whether there is anything to do. */
export interface Job {
  readonly id: string;
  readonly taskId: string;
}

/**
 * The job queue's own tables and statements. It is used without its workers: they let a failure to report a finished job end the
 * process, and their timers outlive them.
 */
export class JobBoard {
  readonly #boss: PgBoss;

  constructor(boss: PgBoss) {
    this.#boss = boss;
  }

  async send(taskId: string, executeSql: ExecuteSql): Promise<void> {
    await this.#boss.send(queue, { taskId }, { singletonKey: taskId, db: { executeSql } });
  }

  /** Those that wait already stay alone. */
  async sendAll(taskIds: readonly string[]): Promise<void> {
    await this.#boss.insert(taskIds.map((taskId) => ({ name: queue, data: { taskId }, singletonKey: taskId })));
  }

  async take(count: number): Promise<readonly Job[]> {
    const jobs = await this.#boss.fetch<{ readonly taskId: string }>(queue, { batchSize: count, priority: false });
    return jobs.map(({ id, data }) => ({ id, taskId: data.taskId }));
  }

  async complete(job: Job): Promise<void> {
    await this.#boss.complete(queue, job.id);
  }

  /** The job comes back after a pause that doubles each time. */
  async fail(job: Job): Promise<void> {
    await this.#boss.fail(queue, job.id);
  }

  /** Puts jobs of the dead back, moves the finished ones aside and drops the oldest. */
  async maintain(): Promise<void> {
    await this.#boss.maintain();
  }

  async close(): Promise<void> {
    await this.#boss.stop({ graceful: false });
  }
}

/** Creates or upgrades the queue's schema; call it while no other process does. */
export async function openJobBoard(connection: Connection, log: (error: unknown) => void): Promise<JobBoard> {
  const { executeSql } = connection;
  const boss = new PgBoss({
    db: { executeSql: (text, values) => executeSql(text, values) },
    schema: "pgboss",
    supervise: false,
    schedule: false,
    archiveCompletedAfterSeconds: 3600,
    deleteAfterDays: 1,
  });
  boss.on("error", log);
  await boss.start();
  await boss.createQueue(queue, { name: queue, policy: "short", retryLimit: 10, retryDelay: 1, retryBackoff: true, expireInMinutes: 60 });
  return new JobBoard(boss);
}
