import { bulkhead, BulkheadRejectedError } from "cockatiel";
import type { ContractResult } from "../call.js";
import { onAbort, type EndingSignals } from "../cancellation/deadline.js";
import type { EndingSignal } from "../cancellation/ending.js";
import type { FailedCall } from "./failed-call.js";

/** One send of a call. */
export interface RunningAttempt {
  /** @throws ProviderFailure */
  readonly answered: Promise<ContractResult<unknown>>;
  /** Resolves when the transport has finished, which may be after the caller was answered. */
  readonly ended: () => Promise<unknown>;
}

/** Starts one send of a call, up to the caller's deadline. */
export type Attempt = (sent: FailedCall, deadline: EndingSignal | undefined) => RunningAttempt;

interface WaitingCall {
  /** The signals that end the wait: the attempt then starts at once, and refuses itself. */
  readonly impatient: () => EndingSignals;
  /** The failure when too many calls wait. */
  readonly refuse: () => Error;
}

/** Runs an attempt as soon as there is a place for it. The place is free again when the transport has finished. */
export type EnterRoom = (attempt: () => RunningAttempt, waiting: WaitingCall) => Promise<ContractResult<unknown>>;

/** A number of places for calls at one time, and of calls that wait. */
export function createRoom(places: number, maxWaiting: number): EnterRoom {
  const policy = bulkhead(places, maxWaiting);
  return (attempt, { impatient, refuse }) =>
    new Promise((resolve, reject) => {
      let hasStarted = false;
      let forget = (): void => undefined;
      const start = (): RunningAttempt | undefined => {
        forget();
        if (hasStarted) return undefined;
        hasStarted = true;
        const running = attempt();
        running.answered.then(resolve, reject);
        return running;
      };
      if (policy.executionSlots === 0) forget = onAbort(impatient(), start);
      // Without the signal: the policy would not call the next one in the queue after one that was cancelled.
      policy
        .execute(() => start()?.ended())
        .catch((error: unknown) => {
          forget();
          reject(
            error instanceof BulkheadRejectedError ? refuse() : new Error("an attempt did not start", { cause: error }),
          );
        });
    });
}
