import { RateLimiterMemory } from "rate-limiter-flexible";
import type { Log } from "../../core/log.js";
import { sha256 } from "../../core/sha256.js";

const windowSeconds = 60;

/** A credential that was refused. */
export interface RefusedCredential {
  readonly secret: string;
  readonly address: string | undefined;
  /** The face that refused it: `graphql` or a provider. */
  readonly face: string;
}

export interface RefusedCredentials {
  /** Whether the address gave too many refused credentials. */
  isBlocked(address: string | undefined): Promise<boolean>;
  /** Logs and counts it, never the secret. A repeat of one secret counts once a minute. */
  note(refused: RefusedCredential): Promise<void>;
}

/** Counts the different refused secrets of each address, in this process. @param perMinute 0 counts nothing */
export function createRefusedCredentials({
  perMinute,
  log,
}: {
  readonly perMinute: number;
  readonly log: Log;
}): RefusedCredentials {
  const counts = new RateLimiterMemory({ points: perMinute, duration: windowSeconds });
  const seen = new RateLimiterMemory({ points: 1, duration: windowSeconds });
  return {
    isBlocked: async (address) => {
      if (perMinute === 0 || address === undefined) return false;
      return ((await counts.get(address))?.consumedPoints ?? 0) >= perMinute;
    },
    note: async ({ secret, address, face }) => {
      const { consumedPoints: times } = await seen.penalty(`${address ?? ""} ${face} ${sha256(secret)}`, 1);
      if (times > 1) return;
      log.warn({ address, face }, "refused a credential");
      if (perMinute === 0 || address === undefined) return;
      const { consumedPoints } = await counts.penalty(address, 1);
      if (consumedPoints === perMinute)
        log.warn({ address, seconds: windowSeconds }, "looks up only keys for an address");
    },
  };
}
