import {
  ProviderFailure,
  type ExceededLimit,
  type ProviderFailureDetails,
  type Violation,
} from "../../core/failure.js";
import { requestIdHeader } from "../../core/request-id.js";
import { compactJsonBytes } from "../../json/size.js";
import { findLimitOfRow, type Contract } from "../contract.js";
import { shorten } from "../../json/quote.js";
import { isGatewayRow } from "../failures/gateway-failures.js";
import { outcomeOf, type FailureRow } from "../failures/failure-row.js";
import { findRowOfReply, hasOwnForm, isInBetween } from "../failures/row-of-reply.js";
import { effectiveLimit, measureLimit } from "../limits.js";
import type { ContractReply, TransportError } from "../message.js";
import type { FailedCall } from "./failed-call.js";
import { unmasked } from "./mask.js";
import { readRetryAfter } from "./retry-after.js";

type Verdict = Pick<FailureRow, "kind" | "retry" | "outcome">;

/** For a reply that claims success and breaks the contract: the records may be stored. */
const unreadableVerdict: Verdict = { kind: "internal", retry: "only-if-idempotent" };

export function readFailure(call: FailedCall, reply: ContractReply): ProviderFailure {
  const { contract } = call;
  const row = findRowOfReply(contract, reply);
  const { kind, retry, outcome } = verdictOf(contract, reply, row);
  const upstream = toUpstream(call, reply, row);
  const message = upstream.message ?? `${call.provider} answered with HTTP status ${reply.status}`;
  return fail(call, {
    row: row?.name,
    kind,
    retry,
    message,
    outcome: outcomeOf({ kind, retry, outcome }),
    upstream,
    violations:
      maskViolations(call, reply.violations) ??
      (kind === "invalid-input" ? [unnamedViolation(row?.name ?? "invalid", message)] : []),
    exceeded: row === undefined ? undefined : toExceeded(call, row),
    requiredScope: kind === "permission-denied" ? contract.requiredScope : undefined,
    retryAfterMs:
      readRetryAfter(reply.headers["retry-after"], call.clock) ??
      readRetryAfter(reply.headers["x-ratelimit-reset"], call.clock),
  });
}

/**
 * What a failing reply proves. A refusal in the service's own form is its word, also with a code that its contract does
 * not list: the status gives the kind.
 */
function verdictOf(contract: Contract, reply: ContractReply, row: FailureRow | undefined): Verdict {
  if (row === undefined) return unreadableVerdict;
  const isRefusal = isGatewayRow(row) && row.outcome === "unknown";
  return isRefusal && hasOwnForm(contract, reply) ? { kind: row.kind, retry: "no" } : row;
}

export function unreadable(call: FailedCall, reply: ContractReply, cause?: unknown): ProviderFailure {
  const message = `${call.provider} answered success in a form that its contract does not have`;
  return fail(
    call,
    { ...unreadableVerdict, message, outcome: "unknown", upstream: toUpstream(call, reply, undefined) },
    cause,
  );
}

/** A reply that claims success and contradicts the request: the records may be stored. */
export function contradicted(call: FailedCall, reply: ContractReply, problem: string): ProviderFailure {
  const message = `${call.provider} answered success, and ${problem}`;
  return fail(call, {
    ...unreadableVerdict,
    message,
    outcome: "unknown",
    upstream: toUpstream(call, reply, undefined),
  });
}

export function unreachable(call: FailedCall, error: TransportError): ProviderFailure {
  const { sent, kind, message } = error;
  return fail(
    call,
    {
      kind,
      retry: sent ? "only-if-idempotent" : "yes",
      message: `${call.provider}: ${message}`,
      outcome: sent ? "unknown" : "not-applied",
    },
    error,
  );
}

/** A refusal by a row of the contract without a call. */
export function refuseByRow(
  call: FailedCall,
  { name, kind, retry }: FailureRow,
  details: Pick<ProviderFailureDetails, "message" | "exceeded">,
): ProviderFailure {
  const violations = kind === "invalid-input" ? [unnamedViolation(name, details.message)] : [];
  return fail(call, { row: name, kind, retry, outcome: "not-applied", violations, ...details });
}

/** Too many calls wait for the service. */
export function refuseBusy(call: FailedCall): ProviderFailure {
  const message = `${call.provider}: too many calls wait for the service`;
  return fail(call, { kind: "unavailable", retry: "yes", outcome: "not-applied", message });
}

function fail(
  call: FailedCall,
  details: Omit<ProviderFailureDetails, "provider" | "idempotent">,
  cause?: unknown,
): ProviderFailure {
  return new ProviderFailure({ ...details, provider: call.provider, idempotent: call.idempotent }, { cause });
}

function unnamedViolation(rule: string, message: string): Violation {
  return { rule, message };
}

/** The longest message of a service that is passed on, in characters. */
export const maxToldLength = 2000;

/** The longest code and id of a request that are passed on, in characters. */
const maxCodeLength = 200;

/** The service's own words. Those of a reply outside the contract, such as a proxy's page, are not passed on. */
function toUpstream(
  { contract, mask = unmasked }: FailedCall,
  reply: ContractReply,
  row: FailureRow | undefined,
): NonNullable<ProviderFailureDetails["upstream"]> {
  if (row === undefined || !isOwnReply(contract, reply, row)) return { httpStatus: reply.status };
  const { code, message, requestId } = contract.dialect.readError(reply.body);
  const tell = (text: string | undefined, maxLength: number): string | undefined =>
    text === undefined ? undefined : shorten(mask(text), maxLength);
  return {
    httpStatus: reply.status,
    code: tell(code, maxCodeLength),
    message: tell(message, maxToldLength),
    requestId: tell(reply.headers[requestIdHeader] ?? requestId, maxCodeLength),
  };
}

/** Whether the service itself answered: with its form of an error, or with a text that its contract has. */
function isOwnReply(contract: Contract, reply: ContractReply, row: FailureRow): boolean {
  const { body, status } = reply;
  if (typeof body === "string")
    return contract.failures.some((each) => each.message === body.trim() && !isGatewayRow(each));
  return !isGatewayRow(row) || (hasOwnForm(contract, reply) && !isInBetween(status));
}

export function maskViolations<Given extends readonly Violation[] | undefined>(
  { mask }: FailedCall,
  violations: Given,
): Given | readonly Violation[] {
  if (mask === undefined || violations === undefined) return violations;
  return violations.map((violation) => ({ ...violation, message: mask(violation.message) }));
}

function toExceeded({ contract, request, settings }: FailedCall, row: FailureRow): ExceededLimit | undefined {
  // Several contracts may share a row, and one of them has the limit.
  const limit = findLimitOfRow(contract, row.name);
  const max = limit && effectiveLimit(limit, settings);
  if (limit === undefined || max === undefined || request.body.kind !== "value") return undefined;
  const { value, sizeBytes = compactJsonBytes(value), measures } = request.body;
  return { limit: max, unit: limit.unit, actual: measureLimit(limit, { value, sizeBytes, measures }) };
}
