import {
  ProviderFailure,
  type ExceededLimit,
  type ProviderFailureDetails,
  type Violation,
} from "../../core/failure.js";
import { requestIdHeader } from "../../core/request-id.js";
import { compactJsonBytes } from "../../json/size.js";
import { findLimitOfRow, type Contract } from "../contract.js";
import { outcomeOf, type FailureRow } from "../failures/failure-row.js";
import { findRowOfReply } from "../failures/row-of-reply.js";
import { effectiveLimit, measureLimit } from "../limits.js";
import type { ContractReply, TransportError } from "../message.js";
import type { FailedCall } from "./failed-call.js";
import { readRetryAfter } from "./retry-after.js";

type Verdict = Pick<FailureRow, "kind" | "retry" | "outcome">;

/** For a reply that claims success and breaks the contract: the records may be stored. */
const unreadableVerdict: Verdict = { kind: "internal", retry: "only-if-idempotent" };

export function readFailure(call: FailedCall, reply: ContractReply): ProviderFailure {
  const { contract } = call;
  const row = findRowOfReply(contract, reply);
  const { kind, retry, outcome }: Verdict = row ?? unreadableVerdict;
  const upstream = toUpstream(contract, reply);
  const message = upstream.message ?? `${call.provider} answered with HTTP status ${reply.status}`;
  return fail(call, {
    kind,
    retry,
    message,
    outcome: outcomeOf({ kind, retry, outcome }),
    upstream,
    violations:
      reply.violations ?? (kind === "invalid-input" ? [unnamedViolation(row?.name ?? "invalid", message)] : []),
    exceeded: row === undefined ? undefined : toExceeded(call, row),
    requiredScope: kind === "permission-denied" ? contract.requiredScope : undefined,
    retryAfterMs: readRetryAfter(reply.headers["retry-after"], call.now),
  });
}

export function unreadable(call: FailedCall, reply: ContractReply, cause: unknown): ProviderFailure {
  const message = `${call.provider} answered success in a form that its contract does not have`;
  return fail(
    call,
    { ...unreadableVerdict, message, outcome: "unknown", upstream: toUpstream(call.contract, reply) },
    cause,
  );
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

function toUpstream(contract: Contract, reply: ContractReply): NonNullable<ProviderFailureDetails["upstream"]> {
  const { code, message, requestId } = contract.dialect.readError(reply.body);
  return { httpStatus: reply.status, code, message, requestId: reply.headers[requestIdHeader] ?? requestId };
}

function toExceeded({ contract, request, settings }: FailedCall, row: FailureRow): ExceededLimit | undefined {
  // Several contracts may share a row, and one of them has the limit.
  const limit = findLimitOfRow(contract, row.name);
  const max = limit && effectiveLimit(limit, settings);
  if (limit === undefined || max === undefined || request.body.kind !== "value") return undefined;
  const { value, sizeBytes = compactJsonBytes(value) } = request.body;
  return { limit: max, unit: limit.unit, actual: measureLimit(limit, value, sizeBytes) };
}
