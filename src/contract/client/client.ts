import type { Clock } from "../../core/clock.js";
import type { Connect, ContractCall, ContractResult } from "../call.js";
import type { NumberSettings } from "../limits.js";
import { TransportError, type ContractReply, type ContractRequest, type Transport } from "../message.js";
import { toCallRequest } from "./call-request.js";
import { openCall } from "./cancellation.js";
import type { FailedCall } from "./failed-call.js";
import { readFailure, unreachable, unreadable } from "./failure-reading.js";
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

/** One attempt of a call. @throws ProviderFailure */
export type Attempt = (request: ContractRequest, signal: AbortSignal) => Promise<ContractResult<unknown>>;

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
      now: clock?.now(),
      mask: upstream?.mask,
    };
    const attempt: Attempt = (sent, deadline) => attemptCall(options, { called, call, deadline }, sent);
    const result = await (upstream === undefined
      ? attempt(request, signal)
      : upstream.call({ called, call, isRepeatable, signal, attempt }));
    // The attempt parsed the reply with the schema of the contract.
    return result as ContractResult<never>;
  };
}

interface AttemptedCall {
  readonly called: FailedCall;
  readonly call: ContractCall;
  /** Aborts when the caller's deadline passes. */
  readonly deadline: AbortSignal;
}

async function attemptCall(
  { transport, stopping, upstream }: ConnectOptions,
  { called, call, deadline }: AttemptedCall,
  request: ContractRequest,
): Promise<ContractResult<unknown>> {
  const { contract } = called;
  let reply: ContractReply;
  try {
    const signals = { deadline, stopping, left: call.origin?.left };
    const sending = openCall(signals, { runsOn: upstream !== undefined });
    const { begin } = sending;
    const replying = transport({ ...request, begin }, sending.signal);
    upstream?.watch(called, replying);
    reply = await sending.orCancelled(replying);
  } catch (error) {
    // A TransportError is a failure of the call; every other error is a defect and is rethrown.
    throw error instanceof TransportError ? unreachable(called, error) : error;
  }
  return readReply(called, reply);
}

/** @throws ProviderFailure for a reply that is not a success */
export function readReply(called: FailedCall, reply: ContractReply): ContractResult<unknown> {
  const { contract, request } = called;
  if (reply.status < 200 || reply.status > 299 || !contract.succeeded(reply, request)) throw readFailure(called, reply);
  const parsed = contract.reply.safeParse(reply.body);
  if (!parsed.success) throw unreadable(called, reply, parsed.error);
  // A success that is followed by another value, such as an error, proves nothing.
  if (reply.hasMoreValues) throw unreadable(called, reply);
  return {
    reply: parsed.data,
    headers: reply.headers,
    violations: reply.violations ?? [],
    collectionId: reply.collectionId,
  };
}
