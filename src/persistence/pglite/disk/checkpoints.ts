import type { Log } from "../../../core/log.js";
import type { ExecuteSql } from "../../connection/connection.js";

/** Bytes in PostgreSQL's log after which it is cut. */
const maxLoggedBytes = 64 * 1_048_576;

/**
 * Cuts the log of a database: PostgreSQL leaves that to a process of its own, which does not exist inside this one, so
 * the log would grow, and the next start replay it, until the database is closed.
 */
export class Checkpoints {
  readonly #log: Log;
  #execute: ExecuteSql | undefined;
  #loggedBytes = 0;

  constructor(log: Log) {
    this.#log = log;
  }

  /** Until then nothing is cut. */
  start(execute: ExecuteSql): void {
    this.#execute = execute;
  }

  count(bytes: number): void {
    this.#loggedBytes += bytes;
    if (this.#execute === undefined || this.#loggedBytes < maxLoggedBytes) return;
    this.#loggedBytes = 0;
    // The statement that wrote these bytes is still running.
    setImmediate(this.#cut, this.#execute);
  }

  readonly #cut = (execute: ExecuteSql): void => {
    execute("CHECKPOINT").catch((error: unknown) => this.#log.warn({ error }, "a checkpoint failed"));
  };
}
