import type { Log } from "../../core/log.js";
import { runOutsideRequests } from "../../core/request-scope.js";
import type { TaskQueue, TaskWork } from "../../core/task.js";
import { isLast, isTooMany, leaseSeconds, type Lease, type TaskLeases } from "./task-leases.js";

export interface TaskQueueOptions {
  /** Tasks that this process carries out at one time. */
  readonly concurrency: number;
  /**
   * Milliseconds between looks for tasks that another process accepted or left behind. Tasks of this process start at
   * once.
   */
  readonly pollMs: number;
}

export interface TaskQueueParts {
  readonly leases: TaskLeases;
  readonly isShared: boolean;
  readonly log: Log;
  readonly options: TaskQueueOptions;
}

const renewMs = (leaseSeconds * 1000) / 3;

/** Takes tasks as soon as it has room for them. Its timers do not keep the process alive. */
export class PolledTaskQueue implements TaskQueue {
  readonly #parts: TaskQueueParts;
  readonly #inHand = new Map<Lease, Promise<void>>();
  #tasks: TaskWork | undefined;
  #polling: NodeJS.Timeout | undefined;
  #leasing: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;
  #pump: Promise<void> | undefined;
  #pumpAgain = false;

  constructor(parts: TaskQueueParts) {
    this.#parts = parts;
  }

  async start(tasks: TaskWork): Promise<void> {
    const { leases, isShared, options } = this.#parts;
    if (this.#tasks !== undefined) throw new Error("the task queue runs already");
    if (tasks.providers.length === 0) return;
    this.#tasks = tasks;
    if (!isShared) await leases.releaseAll();
    this.#polling = setInterval(() => this.wake(), options.pollMs).unref();
    this.#leasing = setInterval(() => this.#renew(), renewMs).unref();
    this.wake();
  }

  async stop(): Promise<void> {
    this.#tasks = undefined;
    clearInterval(this.#polling);
    await this.#pump;
    await Promise.all(this.#inHand.values());
    // Leases are renewed until the tasks in hand have ended, so that no other process takes them.
    clearInterval(this.#leasing);
    await this.#renewing;
  }

  wake(): void {
    if (this.#tasks === undefined) return;
    this.#pumpAgain = true;
    // The tasks belong to the program: the request that woke the queue may end before them.
    this.#pump ??= runOutsideRequests(() => this.#takeAll()).finally(() => {
      this.#pump = undefined;
      if (this.#pumpAgain) this.wake();
    });
  }

  #renew(): void {
    const { leases, log } = this.#parts;
    if (this.#inHand.size === 0) return;
    this.#renewing ??= leases
      .renew([...this.#inHand.keys()])
      .catch((error: unknown) => log.warn({ error }, "renewing the leases of tasks failed"))
      .finally(() => (this.#renewing = undefined));
  }

  async #takeAll(): Promise<void> {
    const { leases, log, options } = this.#parts;
    try {
      while (this.#pumpAgain && this.#tasks !== undefined) {
        this.#pumpAgain = false;
        const room = options.concurrency - this.#inHand.size;
        if (room === 0) return;
        const taken = await leases.take(this.#tasks.providers, room);
        // A full batch may not have been all that is due.
        if (taken.length === room) this.#pumpAgain = true;
        await this.#begin(taken);
      }
    } catch (error) {
      this.#pumpAgain = false;
      log.warn({ error }, "taking tasks failed");
    }
  }

  /** Begins nothing after the queue was stopped, not even tasks whose lease was being taken at that moment. */
  async #begin(taken: readonly Lease[]): Promise<void> {
    const { work } = this.#tasks ?? {};
    if (work === undefined) return this.#parts.leases.release(taken);
    for (const lease of taken) {
      const running = this.#carryOut(lease, work).finally(() => {
        this.#inHand.delete(lease);
        this.wake();
      });
      this.#inHand.set(lease, running);
    }
  }

  /** Never rejects. */
  async #carryOut(lease: Lease, work: TaskWork["work"]): Promise<void> {
    const { leases, log } = this.#parts;
    const { taskId, attempt } = lease;
    try {
      if (!isTooMany(lease)) await work(taskId);
    } catch (error) {
      log.warn(
        { error, taskId, attempt },
        isLast(lease) ? "a task failed for the last time" : "a task failed and will be tried again",
      );
    }
    try {
      // The work may have ended without an error and left the task pending, for example when its collection changed
      // meanwhile.
      await (isLast(lease) ? leases.giveUp(lease) : leases.putBack(lease));
    } catch (error) {
      log.warn({ error, taskId, attempt }, "the end of a task could not be reported");
    }
  }
}
