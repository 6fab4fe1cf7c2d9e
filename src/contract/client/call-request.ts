import { compactJsonBytes } from "../../json/size.js";
import type { ContractCall } from "../call.js";
import type { Contract } from "../contract.js";
import { effectiveLimit, type NumberSettings } from "../limits.js";
import type { ContractRequest, RequestBody } from "../message.js";
import { buildPath } from "../paths.js";

/** The request of a call, without a credential. */
export function toCallRequest(contract: Contract, call: ContractCall, settings: NumberSettings): ContractRequest {
  const { caller, address, fault, requestId } = call.origin ?? {};
  return {
    method: contract.method,
    path: buildPath(contract.path, call.path ?? {}),
    query: call.query ?? {},
    headers: call.headers ?? {},
    body: toBody(contract, call, settings),
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
