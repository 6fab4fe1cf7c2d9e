import type { Clock } from "../../core/clock.js";
import { openCall } from "../cancellation/cancellation.js";
import { startTimer } from "../cancellation/deadline.js";
import type { Contract } from "../contract.js";
import { TransportError, type ContractReply, type ContractRequest } from "../message.js";

interface TimeLimit {
  readonly milliseconds: number;
  /** The name of the row that is answered when the time is over. */
  readonly failure: string;
}

export type StartTimeLimit = (limit: TimeLimit) => void;

interface TimedCall {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly clock: Clock;
  /** Serves the request, and calls `startTimeLimit` when a check has read its time. */
  readonly serve: (request: ContractRequest, startTimeLimit: StartTimeLimit) => Promise<ContractReply>;
  readonly answerLate: (failure: string) => ContractReply;
}

/**
 * Answers when the time of the request is over. The service does not begin after that, and finishes what it has begun:
 * the row of the answer leaves the outcome open.
 */
export function serveInTime(call: TimedCall): Promise<ContractReply> {
  const { contract, request, serve } = call;
  return mayHaveLimit(contract, request) ? serveUntil(call) : serve(request, refuseLimit);
}

async function serveUntil({ request, clock, serve, answerLate }: TimedCall): Promise<ContractReply> {
  const over = new AbortController();
  const { begin, orCancelled } = openCall({ deadline: over.signal, scope: request.scope }, { runsOn: true });
  let started: { readonly failure: string; readonly endsAt: number; readonly stop: () => void } | undefined;
  const startTimeLimit = ({ milliseconds, failure }: TimeLimit): void => {
    const endsAt = clock.now().getTime() + milliseconds;
    started = { failure, endsAt, stop: startTimer(milliseconds, () => over.abort()) };
  };
  const beginInTime = (): void => {
    // The timer of a busy event loop is late.
    if (started !== undefined && clock.now().getTime() >= started.endsAt) over.abort();
    begin();
    request.begin?.();
  };
  try {
    return await orCancelled(serve({ ...request, begin: beginInTime }, startTimeLimit));
  } catch (error) {
    if (!(error instanceof TransportError) || !over.signal.aborted || started === undefined) throw error;
    return answerLate(started.failure);
  } finally {
    started?.stop();
  }
}

/** A call without the header is served without further work. */
function mayHaveLimit({ checks }: Contract, { headers }: ContractRequest): boolean {
  return checks.some((check) => check.check === "time-limit" && headers[check.header] !== undefined);
}

function refuseLimit(): void {
  throw new Error("a call without a header for its time has no time limit");
}
