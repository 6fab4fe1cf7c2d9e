import type { TaskQueue, TaskWork } from "../../core/task.js";
import { LeasePump, type TaskQueueParts } from "./lease-pump.js";
import { isLast, isTooMany, type Lease } from "./task-leases.js";

/** The queue of the imports of embedded services. */
export class PolledTaskQueue implements TaskQueue {
  readonly #parts: TaskQueueParts;
  readonly #pump: LeasePump;

  constructor(parts: TaskQueueParts) {
    this.#parts = parts;
    this.#pump = new LeasePump(parts);
  }

  start({ providers, work }: TaskWork): Promise<void> {
    return this.#pump.start({ providers, carryOut: (lease) => this.#carryOut(lease, work) });
  }

  stop(): Promise<void> {
    return this.#pump.stop();
  }

  wake(): void {
    this.#pump.wake();
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
