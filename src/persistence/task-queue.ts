import type { TaskQueue } from "../core/task.js";
import type { Job, JobBoard } from "./job-board.js";
import type { Log } from "../core/log.js";
import type { TaskLeases } from "./task-leases.js";

export interface TaskQueueOptions {
  /** Tasks of this process at one time. */
  readonly concurrency: number;
  /** How often to look for tasks that another process took in, or left behind. Ours start at once. */
  readonly pollMs: number;
}

export interface TaskQueueParts {
  readonly board: JobBoard;
  readonly leases: TaskLeases;
  readonly isShared: boolean;
  readonly log: Log;
  readonly options: TaskQueueOptions;
}

type Work = (taskId: string) => Promise<void>;

/** Takes jobs as soon as there is room for them. No timer of it keeps the process alive. */
export class PolledTaskQueue implements TaskQueue {
  readonly #parts: TaskQueueParts;
  readonly #inHand = new Map<Job, Promise<void>>();
  #work: Work | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ticking: Promise<void> | undefined;
  #pump: Promise<void> | undefined;
  #pumpAgain = false;

  constructor(parts: TaskQueueParts) {
    this.#parts = parts;
  }

  async start(work: Work): Promise<void> {
    const { leases, isShared } = this.#parts;
    if (this.#work !== undefined) throw new Error("the task queue runs already");
    this.#work = work;
    if (!isShared) await leases.releaseAll();
    this.#ticking = this.#tick();
    await this.#ticking;
  }

  async stop(): Promise<void> {
    this.#work = undefined;
    clearTimeout(this.#timer);
    await this.#ticking;
    await this.#pump;
    await Promise.all(this.#inHand.values());
  }

  /** Looks for jobs now. */
  wake(): void {
    this.#pumpAgain = true;
    this.#pump ??= this.#takeAll().finally(() => (this.#pump = undefined));
  }

  async #tick(): Promise<void> {
    const { board, leases, log, options } = this.#parts;
    try {
      if (this.#inHand.size > 0) await leases.renew([...this.#inHand.keys()].map((job) => job.taskId));
      const abandoned = await leases.findAbandoned();
      if (abandoned.length > 0) await board.sendAll(abandoned);
    } catch (error) {
      log.warn({ error }, "looking for abandoned tasks failed");
    }
    if (this.#work === undefined) return;
    this.wake();
    this.#timer = setTimeout(() => {
      this.#ticking = this.#tick();
    }, options.pollMs).unref();
  }

  async #takeAll(): Promise<void> {
    const { board, log, options } = this.#parts;
    try {
      while (this.#pumpAgain && this.#work !== undefined) {
        const room = options.concurrency - this.#inHand.size;
        if (room === 0) return;
        const jobs = await board.take(room);
        // A full catch may not have been all.
        this.#pumpAgain = jobs.length === room;
        for (const job of jobs) this.#run(job);
      }
    } catch (error) {
      log.warn({ error }, "taking tasks failed");
    }
  }

  #run(job: Job): void {
    const running = this.#carryOut(job).finally(() => {
      this.#inHand.delete(job);
      this.wake();
    });
    this.#inHand.set(job, running);
  }

  /** Never rejects. A task that is somebody else's, or finished, needs no job any more. */
  async #carryOut(job: Job): Promise<void> {
    const { board, leases, log } = this.#parts;
    try {
      const work = this.#work;
      if (work === undefined) await board.fail(job);
      else if (await leases.take(job.taskId)) await this.#attempt(job, work);
      else await board.complete(job);
    } catch (error) {
      log.warn({ error, taskId: job.taskId }, "the end of a task could not be reported");
    }
  }

  async #attempt(job: Job, work: Work): Promise<void> {
    const { board, leases, log } = this.#parts;
    try {
      await work(job.taskId);
    } catch (error) {
      log.warn({ error, taskId: job.taskId }, "a task failed and will be tried again");
      await board.fail(job);
      // Only now: what has neither a lease nor a job counts as abandoned.
      await leases.release(job.taskId);
      return;
    }
    await board.complete(job);
  }
}
