import type { RefusalError } from "./failures/failure-row.js";

interface StaleOptions {
  /** How often what was read may be changed by others before the write gives up. */
  readonly attempts: number;
  readonly refuse: () => RefusalError;
}

/** Reads, checks and writes anew until what was read is still so when it is written. The attempt answers undefined when it is not. @throws RefusalError */
export async function repeatWhileStale<Done>(attempt: () => Promise<Done | undefined>, { attempts, refuse }: StaleOptions): Promise<Done> {
  for (let made = 0; made < attempts; made += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw refuse();
}
