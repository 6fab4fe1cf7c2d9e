import type { Clock } from "../../src/core/clock.js";

/** The present time, ahead by what was waited for: waits are recorded and take no time. */
export interface WaitlessClock extends Clock {
  readonly waits: number[];
}

export function createWaitlessClock(now: () => number = Date.now): WaitlessClock {
  const waits: number[] = [];
  return {
    waits,
    now: () => new Date(now() + waits.reduce((sum, each) => sum + each, 0)),
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      await Promise.resolve();
    },
  };
}
