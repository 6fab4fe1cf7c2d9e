import { hasScope, type Caller } from "../core/caller.js";
import type { AddressList } from "./addresses.js";
import type { CallRate } from "./call-rate.js";
import { unlimitedCaller, type Authenticator } from "./credentials.js";
import type { Check, Contract } from "./contract.js";
import { Refusal, refusal } from "./failures.js";
import { findExceeded, type NumberSettings } from "./limits.js";
import { readParameter, valueOf, type ContractRequest, type Headers } from "./message.js";

interface CheckInput {
  readonly contract: Contract;
  readonly request: ContractRequest;
  readonly authenticator: Authenticator;
  readonly settings: NumberSettings;
  /** Absent: from anywhere. */
  readonly allowedAddresses?: AddressList;
  readonly rates: ReadonlyMap<string, CallRate>;
  /** Takes headers that the reply shall have, whatever becomes of the request. */
  readonly noteHeaders: (headers: Headers) => void;
}

type CheckOf<Name extends Check["check"]> = Extract<Check, { check: Name }>;

/** Runs the checks in the contract's own order, and waits for the body when the first of them needs it. @throws Refusal at the first that fails. */
export async function runChecks(given: CheckInput): Promise<{ readonly caller: Caller; readonly body: unknown }> {
  let input = given;
  let caller: Caller = input.request.caller ?? unlimitedCaller("anyone");
  let body: unknown = valueOf(input.request.body);
  for (const check of input.contract.checks) {
    if (check.check === "limit" || check.check === "body") input = { ...input, request: await withBody(input.request) };
    switch (check.check) {
      case "caller":
        caller = await identify(input, check);
        break;
      case "scope":
        if (!hasScope(caller, check.scope)) throw refusal(check.failure, { scope: check.scope, user: caller.principal });
        break;
      case "address":
        if (input.allowedAddresses?.(input.request.address) === false) throw refusal(check.failure);
        break;
      case "query":
        if (readParameter(input.request.query, check.parameter) === undefined) throw refusal(check.failure, { parameter: check.parameter, ...check.parameters });
        break;
      case "call-rate":
        checkRate(input, check, caller);
        break;
      case "limit":
        checkLimit(input, check);
        break;
      case "body":
        body = parseBody(input, check);
    }
  }
  return { caller, body };
}

async function withBody(request: ContractRequest): Promise<ContractRequest> {
  return request.body.kind === "pending" ? { ...request, body: await request.body.receive() } : request;
}

async function identify({ contract, request, authenticator }: CheckInput, check: CheckOf<"caller">): Promise<Caller> {
  const secret = contract.dialect.credentials.read(request.headers);
  if (secret !== undefined) {
    const caller = await authenticator.authenticate(secret);
    if (caller === undefined) throw refusal(check.failure);
    return caller;
  }
  if (request.caller !== undefined) return request.caller;
  if (authenticator.authorization === "off" && check.missing === "accepted") return unlimitedCaller("anyone");
  throw refusal(check.missingFailure ?? check.failure);
}

function checkRate({ settings, rates, noteHeaders }: CheckInput, check: CheckOf<"call-rate">, caller: Caller): void {
  const limit = settings[check.setting];
  const rate = rates.get(check.setting);
  if (limit === undefined || rate === undefined) return;
  const count = rate.count(caller.principal, limit);
  noteHeaders(check.headers?.(count) ?? {});
  if (count.remaining < 0) throw refusal(check.failure, { limit });
}

function checkLimit({ contract, request: { body }, settings }: CheckInput, check: CheckOf<"limit">): void {
  if (body.kind === "none" || body.kind === "pending") return;
  const measured = { body: valueOf(body) ?? null, sizeBytes: body.sizeBytes, settings };
  const exceeded = findExceeded(contract, check.limit, measured);
  if (exceeded === undefined) return;
  throw refusal(check.failure, { limit: exceeded.limit, actual: exceeded.actual ?? "?", unit: exceeded.unit });
}

function parseBody({ contract, request: { body } }: CheckInput, check: CheckOf<"body">): unknown {
  switch (body.kind) {
    case "too-large":
      throw refusal(contract.dialect.own.tooLarge, { limit: body.maxBytes, actual: body.sizeBytes, unit: "bytes" });
    case "unreadable":
      throw refusal(check.syntaxFailure, { problem: body.problem });
    case "pending":
      throw new Error(`contract ${contract.name} looks at a body that was not taken in`);
    case "none":
    case "value": {
      const value = valueOf(body);
      const result = contract.body.safeParse(value);
      if (result.success) return result.data;
      throw new Refusal(check.refuseShape(result.error.issues, value));
    }
  }
}
