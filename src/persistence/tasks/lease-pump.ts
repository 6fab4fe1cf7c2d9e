import type { Clock } from "../../core/clock.js";
import type { Log } from "../../core/log.js";
import { leaseSeconds, type Lease, type TaskLeases } from "./task-leases.js";

export interface TaskQueueOptions {
  /** Tasks of one kind that this process carries out at one time. */
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
  readonly clock: Clock;
  readonly log: Log;
  readonly options: TaskQueueOptions;
}

interface LeasedWork {
  readonly providers: readonly string[];
  /** Never rejects, and ends the lease. @param stopping aborts when the pump stops */
  readonly carryOut: (lease: Lease, stopping: AbortSignal) => Promise<void>;
}

const renewMs = (leaseSeconds * 1000) / 3;

/** Takes tasks as soon as it has room for them, and renews their leases. Its timers do not keep the process alive. */
export class LeasePump {
  readonly #parts: TaskQueueParts;
  readonly #inHand = new Map<Lease, Promise<void>>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #work: (LeasedWork & { readonly stopping: AbortController }) | undefined;
  #polling: NodeJS.Timeout | undefined;
  #leasing: NodeJS.Timeout | undefined;
  #renewing: Promise<void> | undefined;
  #pump: Promise<void> | undefined;
  #pumpAgain = false;

  constructor(parts: TaskQueueParts) {
    this.#parts = parts;
  }

  async start(work: LeasedWork): Promise<void> {
    const { leases, isShared, options } = this.#parts;
    if (this.#work !== undefined) throw new Error("the task queue runs already");
    if (work.providers.length === 0) return;
    this.#work = { ...work, stopping: new AbortController() };
    if (!isShared) await leases.releaseAll();
    this.#polling = setInterval(() => this.wake(), options.pollMs).unref();
    this.#leasing = setInterval(() => this.#renew(), renewMs).unref();
    this.wake();
  }

  async stop(): Promise<void> {
    this.#work?.stopping.abort();
    this.#work = undefined;
    clearInterval(this.#polling);
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.#timers.clear();
    await this.#pump;
    await Promise.all(this.#inHand.values());
    // Leases are renewed until the tasks in hand have ended, so that no other process takes them.
    clearInterval(this.#leasing);
    await this.#renewing;
  }

  wake(): void {
    if (this.#work === undefined) return;
    this.#pumpAgain = true;
    this.#pump ??= this.#takeAll().finally(() => {
      this.#pump = undefined;
      if (this.#pumpAgain) this.wake();
    });
  }

  /** Wakes after a pause, so that a postponed task of this process is not late by the time between two looks. */
  wakeAfter(pauseMs: number): void {
    if (this.#work === undefined) return;
    const { clock } = this.#parts;
    if (clock.wait !== undefined) {
      void clock.wait(pauseMs).then(() => this.wake());
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.wake();
    }, pauseMs).unref();
    this.#timers.add(timer);
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
      while (this.#pumpAgain && this.#work !== undefined) {
        this.#pumpAgain = false;
        const room = options.concurrency - this.#inHand.size;
        if (room === 0) return;
        const taken = await leases.take(this.#work.providers, room);
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
    if (this.#work === undefined) return this.#parts.leases.release(taken);
    const { carryOut, stopping } = this.#work;
    for (const lease of taken) {
      const running = carryOut(lease, stopping.signal).finally(() => {
        this.#inHand.delete(lease);
        this.wake();
      });
      this.#inHand.set(lease, running);
    }
  }
}
