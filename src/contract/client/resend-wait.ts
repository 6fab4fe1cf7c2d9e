import type { Clock } from "../../core/clock.js";
import type { ProviderFailure } from "../../core/failure.js";
import { unlessAborted, type EndingSignals } from "../cancellation/deadline.js";

/** How failed calls to an upstream are sent again. */
export interface ResendRules {
  /** Sends of one call at most, the first included. */
  readonly maxAttempts: number;
  readonly clock: Clock;
  /** From 0 up to 1: how much of a wait is added at random, so that clients do not return together. */
  readonly jitter: () => number;
}

/** Milliseconds before the second and the third attempt; the last one repeats. The contracts' dossiers give these. */
const usualWaitsMs = [1000, 2000] as const;

interface FailedAttempt {
  readonly failure: ProviderFailure;
  /** Counts from 1. */
  readonly attempt: number;
  /** Whether the very same request cannot apply twice. */
  readonly isRepeatable: boolean;
  /** The time until the caller's deadline, in milliseconds. */
  readonly remainingMs: number;
}

/**
 * The wait before the next attempt, in milliseconds; undefined when there is none: by the rule of the failure row, by
 * the number of attempts, or because the wait would pass the deadline.
 */
export function waitBeforeResend(
  { failure, attempt, isRepeatable, remainingMs }: FailedAttempt,
  { maxAttempts, jitter }: Pick<ResendRules, "maxAttempts" | "jitter">,
): number | undefined {
  const { retry, retryAfterMs = 0 } = failure.details;
  const mayResend = retry === "yes" || (retry === "only-if-idempotent" && isRepeatable);
  if (!mayResend || attempt >= maxAttempts) return undefined;
  const usual = usualWaitsMs[attempt - 1] ?? usualWaitsMs[1];
  const waitMs = Math.ceil(Math.max(retryAfterMs, usual) * (1 + jitter() / 4));
  return waitMs < remainingMs ? waitMs : undefined;
}

/** Waits, or until one of the signals aborts. */
export async function waitFor(clock: Clock, milliseconds: number, signals: EndingSignals): Promise<void> {
  if (clock.wait !== undefined) {
    await unlessAborted(clock.wait(milliseconds), signals);
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await unlessAborted(passed, signals).finally(() => clearTimeout(timer));
}
