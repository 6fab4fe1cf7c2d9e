/** The time for answers of requests that failed at the same moment, in milliseconds. */
const lastRepliesMs = 200;

/**
 * Ends the process where an exception is not enough: the close of the database, or the next statement, would write to
 * files that this process must not touch. Like a kill, it loses nothing that was acknowledged.
 */
export function endProcess(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** The same after a moment, in which the database is not used. */
export function endProcessSoon(message: string): void {
  setTimeout(endProcess, lastRepliesMs, message);
}
