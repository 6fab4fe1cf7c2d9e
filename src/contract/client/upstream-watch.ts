import type { Clock } from "../../core/clock.js";
import type { FailureKind, ProviderFailure } from "../../core/failure.js";
import type { Log } from "../../core/log.js";
import { TransportError, type ContractReply } from "../message.js";
import type { FailedCall } from "./failed-call.js";

/** What an operator sees of an upstream. */
export interface UpstreamState {
  readonly callsInFlight: number;
  readonly lastFailure?: { readonly kind: FailureKind; readonly at: Date };
}

export interface UpstreamWatch {
  readonly state: UpstreamState;
  readonly follow: (called: FailedCall, reply: Promise<ContractReply>) => void;
  /** Logs a failed call, once. */
  readonly note: (called: FailedCall, failed: NotedFailure) => void;
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
  let lastFailure: UpstreamState["lastFailure"];
  return {
    state: {
      get callsInFlight() {
        return callsInFlight;
      },
      get lastFailure() {
        return lastFailure;
      },
    },
    follow: ({ contract }, reply) => {
      callsInFlight += 1;
      const end = (): void => {
        callsInFlight -= 1;
      };
      reply.then(end, end);
    },
    note: ({ contract }, { failure, attempts, startedAt }) => {
      const { kind, row, outcome } = failure.details;
      const now = clock.now();
      lastFailure = { kind, at: now };
      const { cause } = failure;
      const code = cause instanceof TransportError ? cause.code : undefined;
      const durationMs = now.getTime() - startedAt;
      log.warn(
        { provider, operation: contract.name, kind, row, cause: code, attempts, durationMs, outcome },
        "a call to a remote service failed",
      );
    },
  };
}
