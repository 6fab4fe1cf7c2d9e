import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Log } from "../core/log.js";

const windowSeconds = 60;

export interface RefusedCredentials {
  /** Whether further credentials from the address are refused without a look-up. */
  isBlocked(address: string | undefined): Promise<boolean>;
  /** Logs and counts a refused credential. `face`: what the credential was for. */
  note(address: string | undefined, face: string): Promise<void>;
}

/** Counts refused credentials of each address in this process. @param perMinute 0 counts nothing */
export function createRefusedCredentials({
  perMinute,
  log,
}: {
  readonly perMinute: number;
  readonly log: Log;
}): RefusedCredentials {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: windowSeconds });
  return {
    isBlocked: async (address) => {
      if (perMinute === 0 || address === undefined) return false;
      return ((await limiter.get(address))?.consumedPoints ?? 0) >= perMinute;
    },
    note: async (address, face) => {
      if (perMinute === 0 || address === undefined) {
        log.warn({ address, face }, "refused a credential");
        return;
      }
      const { consumedPoints } = await limiter.penalty(address, 1);
      if (consumedPoints <= perMinute) log.warn({ address, face }, "refused a credential");
      if (consumedPoints === perMinute)
        log.warn({ address, seconds: windowSeconds }, "refuses further credentials of an address");
    },
  };
}
