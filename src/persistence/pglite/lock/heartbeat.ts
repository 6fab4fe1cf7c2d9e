import { utimesSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { listLocks, type LockFile } from "./lock-file.js";

/** Beats that may be late before the lock is looked at again. */
const lateBeats = 4;

export interface HeartbeatOptions {
  readonly place: string;
  readonly lock: LockFile;
  /** Milliseconds between two beats. */
  readonly beatMs: number;
}

/** The memory that the worker and the main thread share: time of the last beat, and 1 when the lock was lost. */
const slots = { lastBeat: 0, lost: 1, count: 2 } as const;

/**
 * Changes the time of the lock file again and again, so that a process of another kernel sees that the holder is alive.
 * A worker thread does it: a busy main thread must not look dead. It starts with the second beat; the creation of the
 * file is the first.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #shared = new Float64Array(new SharedArrayBuffer(slots.count * Float64Array.BYTES_PER_ELEMENT));
  readonly #start: NodeJS.Timeout;
  #worker: Worker | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#shared[slots.lastBeat] = Date.now();
    this.#start = setTimeout(() => this.#startWorker(), options.beatMs).unref();
  }

  /** Whether another process has taken the lock. Looks at the folder when the last beat is long ago. */
  isLost(): boolean {
    const { place, lock, beatMs } = this.#options;
    // The time of day goes on while the machine sleeps.
    const silentMs = Math.abs(Date.now() - (this.#shared[slots.lastBeat] ?? 0));
    if (silentMs > lateBeats * beatMs && this.#shared[slots.lost] === 0) {
      if (listLocks(place).at(-1)?.generation !== lock.generation) this.#shared[slots.lost] = 1;
      else {
        const now = new Date();
        utimesSync(lock.path, now, now);
        this.#shared[slots.lastBeat] = now.getTime();
      }
    }
    return this.#shared[slots.lost] !== 0;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#start);
    await this.#worker?.terminate();
  }

  #startWorker(): void {
    const { lock, beatMs } = this.#options;
    const workerData = { path: lock.path, beatMs, shared: this.#shared, slots };
    this.#worker = new Worker(beats, {
      eval: true,
      workerData,
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 },
    });
    // Without the worker, `isLost` beats before statements.
    this.#worker.on("error", () => undefined);
    this.#worker.unref();
  }
}

/** Text, because the program is one bundle and its sources run uncompiled in tests. A deleted file is a lost lock. */
const beats = `
  const { utimesSync } = require("node:fs");
  const { path, beatMs, shared, slots } = require("node:worker_threads").workerData;
  setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
      shared[slots.lastBeat] = now.getTime();
    } catch (error) {
      if (error.code === "ENOENT") shared[slots.lost] = 1;
    }
  }, beatMs);
`;
