import { setTimeout } from "node:timers/promises";
import { isPassingProblem } from "./connect-problem.js";

const firstPauseMs = 100;
const longestPauseMs = 1000;

interface PatientStart {
  readonly forMs: number;
  /** Called once, with the first problem that may pass. */
  readonly onWait: (cause: unknown) => void;
}

/** Repeats the first contact with a server that may still be starting. */
export async function startPatiently<T>(contact: () => Promise<T>, { forMs, onWait }: PatientStart): Promise<T> {
  const endMs = Date.now() + forMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      return await contact();
    } catch (error) {
      const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
      if (!isPassingProblem(cause) || Date.now() + pauseMs > endMs) throw error;
      if (pauseMs === firstPauseMs) onWait(cause);
      await setTimeout(pauseMs);
    }
  }
}
