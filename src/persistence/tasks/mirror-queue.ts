import type { MirrorQueue, MirrorWork } from "../../core/task.js";
import { LeasePump, type TaskQueueParts } from "./lease-pump.js";
import type { Lease } from "./task-leases.js";

/** The queue of the tasks of real services. A lease is one question, so a task is asked for by one process at a time. */
export class PolledMirrorQueue implements MirrorQueue {
  readonly #parts: TaskQueueParts;
  readonly #pump: LeasePump;

  constructor(parts: TaskQueueParts) {
    this.#parts = parts;
    this.#pump = new LeasePump(parts);
  }

  async start({ providers, ask, onlyLeft = false }: MirrorWork): Promise<void> {
    if (onlyLeft && !(await this.#parts.leases.haveWork(providers))) return;
    await this.#pump.start({ providers, carryOut: (lease, stopping) => this.#askOnce(lease, { ask, stopping }) });
  }

  stop(): Promise<void> {
    return this.#pump.stop();
  }

  wake(): void {
    this.#pump.wake();
  }

  /** Never rejects. */
  async #askOnce(
    lease: Lease,
    { ask, stopping }: Pick<MirrorWork, "ask"> & { readonly stopping: AbortSignal },
  ): Promise<void> {
    const { leases, log } = this.#parts;
    const { taskId, attempt } = lease;
    try {
      const pauseMs = await ask(taskId, { attempt, stopping });
      if (pauseMs === undefined) return;
      if (stopping.aborted) {
        await leases.release([lease]);
        return;
      }
      await leases.postpone(lease, pauseMs);
      this.#pump.wakeAfter(pauseMs);
    } catch (error) {
      log.warn({ error, taskId, attempt }, "a remote task could not be asked for and will be asked for again");
      // The lease ends by itself where this fails too.
      await (stopping.aborted ? leases.release([lease]) : leases.putBack(lease)).catch(() => undefined);
    }
  }
}
