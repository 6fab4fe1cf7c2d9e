import type { Clock } from "../../core/clock.js";
import { ProviderFailure, type FailureKind } from "../../core/failure.js";
import type { Log } from "../../core/log.js";
import { TransportError, type ContractReply } from "../message.js";
import { unlessAborted } from "../cancellation/deadline.js";
import type { ContractCall } from "../call.js";
import type { FailedCall } from "./failed-call.js";
import { unreachable } from "./failure-reading.js";
import { unmasked } from "./mask.js";
import { readReply } from "./reply-reading.js";

/** What an operator sees of an upstream. */
export interface UpstreamState {
  readonly callsInFlight: number;
  readonly lastFailure?: { readonly kind: FailureKind; readonly at: Date };
}

export interface UpstreamWatch {
  readonly state: UpstreamState;
  /** Follows a send to its end, also after its caller was answered: its outcome is then logged. */
  readonly follow: (called: FailedCall, send: FollowedSend) => void;
  /** Logs a failed call, once. */
  readonly note: (called: FailedCall, failed: NotedFailure) => void;
  /** Waits for sends whose callers were answered already, at most so many milliseconds. */
  readonly settle: (patienceMs: number) => Promise<void>;
}

interface FollowedSend {
  readonly reply: Promise<ContractReply>;
  /** Resolves or rejects with the answer to the caller. */
  readonly answered: Promise<unknown>;
  /** Called with the success of a send whose caller was answered already. */
  readonly receiveLate?: ContractCall["receiveLate"];
}

interface NotedFailure {
  readonly failure: ProviderFailure;
  readonly attempts: number;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
}

/** Counts and logs calls: neither tokens, addresses nor contents of records. */
export function createUpstreamWatch({
  provider,
  clock,
  log,
}: {
  readonly provider: string;
  readonly clock: Clock;
  readonly log: Log;
}): UpstreamWatch {
  let callsInFlight = 0;
  /** Sends whose callers were answered, until what follows from their replies is done. */
  const late = new Set<Promise<unknown>>();
  let lastFailure: UpstreamState["lastFailure"];
  const logLate = async (
    { contract }: FailedCall,
    ended: Promise<unknown>,
    tell: () => object | Promise<object>,
  ): Promise<void> => {
    const details = { provider, operation: contract.name, ...(await tell()) };
    late.delete(ended);
    log.warn(details, "a call to a remote service ended after its caller was answered");
  };
  return {
    state: {
      get callsInFlight() {
        return callsInFlight;
      },
      get lastFailure() {
        return lastFailure;
      },
    },
    follow: (called, { reply, answered, receiveLate }) => {
      let hasEnded = false;
      const end = (tell: () => object | Promise<object>): Promise<void> | undefined => {
        callsInFlight -= 1;
        hasEnded = true;
        return late.has(ended) ? logLate(called, ended, tell) : undefined;
      };
      const ended: Promise<void> = reply.then(
        (received) => end(() => endLate(called, received, receiveLate)),
        (error: unknown) => end(() => describeFailure(failureOfSend(called, error))),
      );
      callsInFlight += 1;
      const markLate = (): void => {
        if (!hasEnded) late.add(ended);
      };
      answered.then(markLate, markLate);
    },
    note: ({ contract, request, mask = unmasked }, { failure, attempts, startedAt }) => {
      const now = clock.now();
      const { kind, outcome, upstream } = failure.details;
      // The call was applied by an earlier attempt, whose reply was lost.
      if (outcome === "applied") return;
      lastFailure = { kind, at: now };
      const durationMs = now.getTime() - startedAt;
      const requestId = request.requestId?.();
      const upstreamRequestId = upstream?.requestId === undefined ? undefined : mask(upstream.requestId);
      const ids = { requestId, upstreamRequestId };
      const details = { operation: contract.name, ...describeFailure(failure), ...ids, attempts, durationMs };
      log.warn({ provider, ...details }, "a call to a remote service failed");
    },
    settle: async (patienceMs) => {
      await unlessAborted(Promise.all(late), [AbortSignal.timeout(patienceMs)]);
      if (late.size > 0) log.warn({ provider, calls: late.size }, "calls to a remote service are given up");
    },
  };
}

function describeFailure(failure: ProviderFailure | undefined): object {
  const { kind, row, outcome, upstream } = failure?.details ?? {};
  const cause = failure?.cause instanceof TransportError ? failure.cause.code : undefined;
  return { kind, row, status: upstream?.httpStatus, cause, outcome };
}

/** Passes a late success on. Never rejects. */
async function endLate(
  called: FailedCall,
  reply: ContractReply,
  receiveLate: FollowedSend["receiveLate"],
): Promise<object> {
  try {
    await receiveLate?.(readReply(called, reply));
    return { outcome: "applied" };
  } catch (error) {
    return describeFailure(error instanceof ProviderFailure ? error : undefined);
  }
}

function failureOfSend(called: FailedCall, error: unknown): ProviderFailure | undefined {
  return error instanceof TransportError ? unreachable(called, error) : undefined;
}
