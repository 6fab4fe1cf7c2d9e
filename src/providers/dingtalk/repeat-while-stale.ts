import { refusal } from "../../contract/failures.js";

/** Several requests may change one sheet at once, and one of them gets through each time. */
const mostAttempts = 20;

/** Makes attempts until one finds the sheet as it was read; undefined: it did not. @throws Refusal */
export async function repeatWhileStale<Done>(attempt: () => Promise<Done | undefined>): Promise<Done> {
  for (let made = 0; made < mostAttempts; made += 1) {
    const done = await attempt();
    if (done !== undefined) return done;
  }
  throw refusal("service-unavailable");
}
