import type { Clock } from "../../core/clock.js";
import { ProviderFailure } from "../../core/failure.js";
import type { Log } from "../../core/log.js";
import type { ContractCall, ContractResult } from "../call.js";
import type { CredentialSource } from "../credential-source.js";
import { openDeadline } from "../cancellation/deadline.js";
import type { FailedCall } from "./failed-call.js";
import { refuseExceededLimits } from "./limit-refusal.js";
import { createSecretMask, type Mask } from "./mask.js";
import { resendUntilDone } from "./resend.js";
import type { ResendRules } from "./resend-wait.js";
import { createRoom, type Attempt } from "./room.js";
import { createUpstreamWatch, type UpstreamWatch } from "./upstream-watch.js";

export interface UpstreamOptions {
  readonly provider: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly resend: ResendRules;
  /** Absent: calls carry no credential. */
  readonly credentials?: CredentialSource;
  /** The time for a call whose caller gives no deadline, in milliseconds. */
  readonly defaultDeadlineMs: number;
  /** Calls at one time, and calls that wait for their turn. */
  readonly concurrency: number;
  readonly maxWaiting: number;
  /** Hides configured secrets and addresses in texts of the service. */
  readonly mask?: Mask;
  /** Aborts when the program stops and no longer waits. */
  readonly stopping?: AbortSignal;
}

interface UpstreamCall {
  readonly called: FailedCall;
  readonly call: ContractCall;
  /** Whether the very same request cannot apply twice. */
  readonly isRepeatable: boolean;
  /** Aborts when the caller's deadline passes. */
  readonly signal: AbortSignal | undefined;
  readonly attempt: Attempt;
}

/** A real service behind a provider: how its calls are bounded, repeated and told of. */
export interface Upstream {
  /** @throws ProviderFailure */
  readonly call: (call: UpstreamCall) => Promise<ContractResult<unknown>>;
  readonly watch: UpstreamWatch;
  /** That of the options. */
  readonly mask?: Mask;
}

export function createUpstream(options: UpstreamOptions): Upstream {
  const { clock, defaultDeadlineMs, concurrency, maxWaiting, mask, credentials, resend, stopping } = options;
  const enter = createRoom(concurrency, maxWaiting);
  const watch = createUpstreamWatch(options);
  const maskSecret = createSecretMask(mask);
  return {
    watch,
    mask,
    call: async ({ called, call, isRepeatable, signal, attempt }) => {
      refuseExceededLimits(called);
      const startedAt = clock.now().getTime();
      const deadlineAt = call.origin?.deadlineAt ?? startedAt + defaultDeadlineMs;
      const deadline = openDeadline(signal, deadlineAt - startedAt);
      const progress = { attempts: 0 };
      try {
        return await resendUntilDone(
          { resend, credentials, maskSecret, enter, attempt, stopping },
          { called, call, isRepeatable, progress, deadlineAt, deadline: deadline.signal },
        );
      } catch (error) {
        if (error instanceof ProviderFailure)
          watch.note(called, { failure: error, attempts: progress.attempts, startedAt });
        throw error;
      } finally {
        deadline.close();
      }
    },
  };
}
