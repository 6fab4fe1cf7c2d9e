import type { Clock } from "../../core/clock.js";
import type { Connect, ContractCall, ContractResult } from "../call.js";
import type { NumberSettings } from "../limits.js";
import { TransportError, type ContractReply, type Transport } from "../message.js";
import { toCallRequest, toSentRequest } from "./call-request.js";
import { openCall } from "../cancellation/cancellation.js";
import type { EndingSignal } from "../cancellation/ending.js";
import type { FailedCall } from "./failed-call.js";
import { unreachable } from "./failure-reading.js";
import { readReply } from "./reply-reading.js";
import type { Attempt, RunningAttempt } from "./room.js";
import type { Upstream } from "./upstream.js";

export interface ConnectOptions {
  readonly provider: string;
  readonly transport: Transport;
  readonly settings: NumberSettings;
  /** Converts a point in time in a reply, such as an HTTP date, into a duration. */
  readonly clock?: Clock;
  /** Aborts when the program stops and no longer waits. */
  readonly stopping?: AbortSignal;
  /** Absent: the service of this program answers, and a call is sent once. */
  readonly upstream?: Upstream;
}

export function createConnect(options: ConnectOptions): Connect {
  const { provider, settings, clock, upstream } = options;
  return (contract) => async (call, signal) => {
    const request = toCallRequest(contract, call, settings);
    const isRepeatable = call.idempotent ?? contract.idempotent;
    // The caller cannot repeat a call with a value that was generated for it; the client itself can.
    const idempotent = isRepeatable && call.repeatable !== false;
    const called: FailedCall = {
      contract,
      request,
      provider,
      settings,
      idempotent,
      clock,
      mask: upstream?.mask,
    };
    const attempt: Attempt = (sent, deadline) => startAttempt(options, { called: sent, call, deadline });
    const result = await (upstream === undefined
      ? attempt(called, signal).answered
      : upstream.call({ called, call, isRepeatable, signal, attempt }));
    // The attempt parsed the reply with the schema of the contract.
    return result as ContractResult<never>;
  };
}

interface AttemptedCall {
  readonly called: FailedCall;
  readonly call: ContractCall;
  /** Aborts when the caller's deadline passes. */
  readonly deadline: EndingSignal | undefined;
}

function startAttempt(
  { transport, stopping, upstream }: ConnectOptions,
  { called, call, deadline }: AttemptedCall,
): RunningAttempt {
  try {
    const signals = { deadline, stopping, scope: called.request.scope };
    // Nothing is to be known of a read whose caller was answered.
    const runsOn = upstream !== undefined && called.contract.keyOperation !== "read";
    const opened = openCall(signals, { runsOn });
    const request = toSentRequest(called.request, { begin: opened.begin });
    const reply = transport(request, upstream && opened.signal);
    const answered = answer(called, opened.orCancelled(reply));
    upstream?.watch.follow(called, { reply, answered, receiveLate: call.receiveLate });
    return { answered, ended: () => reply.then(ignore, ignore) };
  } catch (error) {
    return { answered: answer(called, rejectWith(error)), ended: () => Promise.resolve() };
  }
}

function answer(called: FailedCall, replying: Promise<ContractReply>): Promise<ContractResult<unknown>> {
  return replying.then(
    (reply) => readReply(called, reply),
    (error: unknown) => {
      throw asUnreachable(called, error);
    },
  );
}

function ignore(): void {
  return;
}

async function rejectWith(error: unknown): Promise<never> {
  await Promise.resolve();
  throw error;
}

/** A TransportError is a failure of the call; every other error is a defect. */
function asUnreachable(called: FailedCall, error: unknown): unknown {
  return error instanceof TransportError ? unreachable(called, error) : error;
}
