import type { Clock } from "../../core/clock.js";
import { compactJsonBytes } from "../../json/size.js";
import type { Connect, ContractCall } from "../call.js";
import type { Contract } from "../contract.js";
import { effectiveLimit, type NumberSettings } from "../limits.js";
import {
  TransportError,
  type ContractReply,
  type ContractRequest,
  type RequestBody,
  type Transport,
} from "../message.js";
import { buildPath } from "../paths.js";
import { readFailure, unreachable, unreadable } from "./failure-reading.js";
import { openCall } from "./cancellation.js";

export interface ConnectOptions {
  readonly provider: string;
  readonly transport: Transport;
  /** The secret that every call carries. */
  readonly token?: string;
  readonly settings: NumberSettings;
  /** Converts a point in time in a reply, such as an HTTP date, into a duration. */
  readonly clock?: Clock;
  /** Aborts when the program stops and no longer waits. */
  readonly stopping?: AbortSignal;
}

export function createConnect(options: ConnectOptions): Connect {
  return (contract) => async (call, signal) => {
    const request = toRequest(contract, call, options);
    const { provider, settings, clock } = options;
    const idempotent = (call.idempotent ?? contract.idempotent) && call.repeatable !== false;
    const failedCall = { contract, request, provider, settings, idempotent, now: clock?.now() };
    let reply: ContractReply;
    try {
      const sending = openCall({ deadline: signal, stopping: options.stopping, left: call.origin?.left });
      const { begin } = sending;
      reply = await sending.orCancelled(options.transport({ ...request, begin }, sending.signal));
    } catch (error) {
      // A TransportError is a failure of the call; every other error is a defect and is rethrown.
      throw error instanceof TransportError ? unreachable(failedCall, error) : error;
    }
    if (reply.status < 200 || reply.status > 299 || !contract.succeeded(reply, request))
      throw readFailure(failedCall, reply);
    const parsed = contract.reply.safeParse(reply.body);
    if (!parsed.success) throw unreadable(failedCall, reply, parsed.error);
    return {
      reply: parsed.data,
      headers: reply.headers,
      violations: reply.violations ?? [],
      collectionId: reply.collectionId,
    };
  };
}

function toRequest(contract: Contract, call: ContractCall, options: ConnectOptions): ContractRequest {
  const credentials = options.token === undefined ? {} : contract.dialect.credentials.write(options.token);
  const { caller, address, fault, requestId } = call.origin ?? {};
  return {
    method: contract.method,
    path: buildPath(contract.path, call.path ?? {}),
    query: call.query ?? {},
    headers: { ...call.headers, ...credentials },
    body: toBody(contract, call, options.settings),
    ...{ caller, address, fault, requestId },
  };
}

function toBody(contract: Contract, call: ContractCall, settings: NumberSettings): RequestBody {
  if (call.body === undefined) return { kind: "none" };
  const sizeBytes = isNearLimit(contract, call, settings) ? compactJsonBytes(call.body) : undefined;
  return { kind: "value", value: call.body, sizeBytes };
}

/** The largest factor by which a contract's envelope enlarges the request that carried the records. */
const largestGrowth = 8;

function isNearLimit(contract: Contract, { origin }: ContractCall, settings: NumberSettings): boolean {
  const { carrierBytes } = origin ?? {};
  const caps = contract.limits
    .filter((limit) => limit.measure === undefined)
    .map((limit) => effectiveLimit(limit, settings) ?? Infinity);
  const nearest = Math.min(...caps);
  if (nearest === Infinity) return false;
  return carrierBytes === undefined || carrierBytes * largestGrowth > nearest;
}
