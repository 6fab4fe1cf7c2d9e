import type { RefusalError } from "./failures/failure-row.js";

export interface StaleOptions {
  /** The number of attempts, each lost to a concurrent change, after which the write fails. */
  readonly attempts: number;
  readonly refuse: () => RefusalError;
}

/**
 * Repeats an attempt to read, check and write until its write meets the state that it read. The attempt answers
 * undefined for a stale state.
 * @throws RefusalError
 */
export async function repeatWhileStale<Done>(
  attempt: () => Promise<Done | undefined>,
  { attempts, refuse }: StaleOptions,
): Promise<Done> {
  for (let made = 0; made < attempts; made += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw refuse();
}
