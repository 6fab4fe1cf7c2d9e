import { programScope } from "../../core/request-scope.js";
import type { Measures } from "../../core/write.js";
import { compactJsonBytes } from "../../json/size.js";
import type { ContractCall } from "../call.js";
import type { Contract } from "../contract.js";
import { isNearSizeLimit, type NumberSettings } from "../limits.js";
import type { ContractRequest, RequestBody } from "../message.js";
import { buildPath } from "../paths.js";

/** The request of a call, without a credential. */
export function toCallRequest(contract: Contract, call: ContractCall, settings: NumberSettings): ContractRequest {
  const { caller, address, fault, requestId, scope = programScope } = call.origin ?? {};
  return {
    method: contract.method,
    path: buildPath(contract.path, call.path ?? {}),
    query: call.query ?? {},
    headers: call.headers ?? {},
    body: toBody(contract, call, settings),
    scope,
    caller,
    address,
    fault,
    requestId,
    isRepeatable: undefined,
    begin: undefined,
  } satisfies EveryMember;
}

/** A copy of a member that is forgotten would be missed by few tests. */
type EveryMember = Record<keyof ContractRequest, unknown>;

/** The request with members of one send. They are named: a spread with members behind it is many times dearer. */
export function toSentRequest(
  request: ContractRequest,
  sent: Partial<Pick<ContractRequest, "headers" | "isRepeatable" | "begin">>,
): ContractRequest {
  return {
    method: request.method,
    path: request.path,
    query: request.query,
    headers: sent.headers ?? request.headers,
    body: request.body,
    scope: request.scope,
    caller: request.caller,
    address: request.address,
    fault: request.fault,
    requestId: request.requestId,
    isRepeatable: sent.isRepeatable ?? request.isRepeatable,
    begin: sent.begin ?? request.begin,
  } satisfies EveryMember;
}

function toBody(contract: Contract, { body, origin, measures }: ContractCall, settings: NumberSettings): RequestBody {
  if (body === undefined) return { kind: "none" };
  if (!isNearSizeLimit(contract, { settings, carrierBytes: origin?.carrierBytes, body }))
    return { kind: "value", value: body, measures };
  return { kind: "value", value: body, sizeBytes: sizeIn(contract, measures) ?? compactJsonBytes(body), measures };
}

/** The size of the body, where a limit of the contract has measured it. */
function sizeIn({ limits }: Contract, measures: Measures | undefined): number | undefined {
  const limit = limits.find(({ unit, measure }) => unit === "bytes" && measure === undefined);
  return limit && measures?.get(limit.name);
}
