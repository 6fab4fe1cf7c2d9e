import { bulkhead, BulkheadRejectedError, type BulkheadPolicy } from "cockatiel";
import type { Clock } from "../../core/clock.js";
import { ProviderFailure } from "../../core/failure.js";
import type { Log } from "../../core/log.js";
import type { ContractCall, ContractResult } from "../call.js";
import type { ContractReply, ContractRequest } from "../message.js";
import type { Attempt } from "./client.js";
import type { CredentialSource } from "./credential-source.js";
import type { FailedCall } from "./failed-call.js";
import { refuseBusy, timedOut } from "./failure-reading.js";
import { refuseExceededLimits } from "./limit-refusal.js";
import { waitBeforeResend, waitFor, type ResendRules } from "./resend.js";
import { createUpstreamWatch, type UpstreamState } from "./upstream-watch.js";

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
  readonly mask: (text: string) => string;
}

interface UpstreamCall {
  readonly called: FailedCall;
  readonly call: ContractCall;
  /** Whether the very same request cannot apply twice. */
  readonly isRepeatable: boolean;
  /** Aborts when the caller's deadline passes. */
  readonly signal: AbortSignal;
  readonly attempt: Attempt;
}

/** A real service behind a provider: how its calls are bounded, repeated and told of. */
export interface Upstream {
  /** @throws ProviderFailure */
  call(call: UpstreamCall): Promise<ContractResult<unknown>>;
  /** Follows an attempt to its end, also after its caller was answered. */
  watch(called: FailedCall, reply: Promise<ContractReply>): void;
  readonly state: UpstreamState;
  readonly mask: (text: string) => string;
}

export function createUpstream(options: UpstreamOptions): Upstream {
  const { clock, defaultDeadlineMs, concurrency, maxWaiting, mask } = options;
  const room = bulkhead(concurrency, maxWaiting);
  const watch = createUpstreamWatch(options);
  return {
    state: watch.state,
    mask,
    watch: watch.follow,
    call: async (given) => {
      const { called, call, signal } = given;
      refuseExceededLimits(called);
      const startedAt = clock.now().getTime();
      const deadlineAt = call.origin?.deadlineAt ?? startedAt + defaultDeadlineMs;
      const deadline = openDeadline(signal, deadlineAt - startedAt);
      const progress = { attempts: 0 };
      try {
        return await resendUntilDone(options, { ...given, room, progress, deadlineAt, signal: deadline.signal });
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

interface ResentCall extends UpstreamCall {
  readonly room: BulkheadPolicy;
  readonly progress: { attempts: number };
  readonly deadlineAt: number;
}

async function resendUntilDone(
  { resend, clock, credentials }: UpstreamOptions,
  { called, call, isRepeatable, signal, attempt, room, progress, deadlineAt }: ResentCall,
): Promise<ContractResult<unknown>> {
  let hasRenewed = false;
  let mayHaveLanded = false;
  for (;;) {
    progress.attempts += 1;
    const secret = await credentials?.read(signal);
    try {
      const request = { ...withSecret(called, secret), isRepeatable };
      return await inRoom(called, room, signal, () => attempt(request, signal));
    } catch (error) {
      if (!(error instanceof ProviderFailure) || signal.aborted) throw error;
      const { row, outcome } = error.details;
      if (mayHaveLanded && row !== undefined && row === call.landedRow) throw error.as({ outcome: "applied" });
      mayHaveLanded ||= outcome === "unknown";
      if (!hasRenewed && credentials?.renews(row) === true) {
        hasRenewed = true;
        await credentials.renew(secret, signal);
        continue;
      }
      const remainingMs = deadlineAt - clock.now().getTime();
      const waitMs = waitBeforeResend(
        { failure: error, attempt: progress.attempts, isRepeatable, remainingMs },
        resend,
      );
      if (waitMs === undefined) throw error;
      await waitFor(clock, waitMs, signal);
      if (signal.aborted) throw error;
    }
  }
}

function withSecret({ contract, request }: FailedCall, secret: string | undefined): ContractRequest {
  if (secret === undefined) return request;
  return { ...request, headers: { ...request.headers, ...contract.dialect.credentials.write(secret) } };
}

/** Waits for room among the calls at one time. @throws ProviderFailure without having sent anything */
async function inRoom<T>(
  called: FailedCall,
  room: BulkheadPolicy,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await room.execute(work, signal);
  } catch (error) {
    if (error instanceof BulkheadRejectedError) throw refuseBusy(called);
    if (signal.aborted && !(error instanceof ProviderFailure)) throw timedOut(called);
    throw error;
  }
}

/** Aborts with the caller's signal, or at the end of the time. */
function openDeadline(outer: AbortSignal, milliseconds: number): { readonly signal: AbortSignal; close: () => void } {
  const deadline = new AbortController();
  const abort = (): void => deadline.abort();
  const timer = setTimeout(abort, Math.max(0, milliseconds));
  outer.addEventListener("abort", abort);
  if (outer.aborted) abort();
  return {
    signal: deadline.signal,
    close: () => {
      clearTimeout(timer);
      outer.removeEventListener("abort", abort);
    },
  };
}
