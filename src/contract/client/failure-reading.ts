import { outcomeOf, type FailureRow, type StatusPattern } from "../failures/failure-row.js";
import { ProviderFailure, type ExceededLimit, type ProviderFailureDetails, type Violation } from "../../core/failure.js";
import { isJsonObject } from "../../json/value.js";
import type { Asked } from "./asked.js";
import { findLimitOfRow, type Contract } from "../contract.js";
import { gatewayFailures } from "../failures/gateway-failures.js";
import { compactJsonBytes } from "../../json/size.js";
import { effectiveLimit, measureLimit } from "../limits.js";
import { readRetryAfter } from "./retry-after.js";
import type { ContractReply, TransportError } from "../message.js";

/** The row of a failing reply: the contract's own, else the one for what stands before every service. Undefined for what looks like success. */
export function findRowOfReply(contract: Contract, reply: ContractReply): FailureRow | undefined {
  const declared = contract.failures.filter((row) => !gatewayFailures.includes(row));
  const status = statusOf(contract, reply);
  const row = findDeclaredRow(contract, declared, reply);
  if (row !== undefined && (row.status === status || !inBetween.has(status) || outcomeOf(row) !== "not-applied")) return row;
  return gatewayFailures.find((each) => recognises(each, { ...reply, status }, {}));
}

/** With a status of these that is not its own, a row of the contract does not prove that nothing was stored. */
const inBetween: ReadonlySet<number> = new Set([408, 502, 503, 504]);

/** The first row that recognises the reply, else the one with its code, else with a pattern of it, else with its status, else none. */
export function findDeclaredRow(contract: Pick<Contract, "dialect">, rows: readonly FailureRow[], reply: ContractReply): FailureRow | undefined {
  const error = contract.dialect.readError(reply.body);
  const { code } = error;
  const status = statusOf(contract, reply);
  const fits = (row: FailureRow): boolean => hasCode(row, code);
  return (
    rows.find((row) => row.recognise !== undefined && fits(row) && recognises(row, reply, error)) ??
    rows.find((row) => code !== undefined && row.recognise === undefined && fits(row)) ??
    rows.find((row) => code !== undefined && row.codePattern?.test(code) && recognises(row, reply, error)) ??
    rows.find((row) => code === undefined && row.code === undefined && row.recognise === undefined && row.status === status)
  );
}

/** A row without a code leaves it to its recognition. */
function hasCode(row: FailureRow, code: string | undefined): boolean {
  if (row.code === undefined) return row.recognise !== undefined || code === undefined;
  return [row.code, ...(row.otherCodes ?? [])].some((candidate) => String(candidate) === code);
}

function recognises(row: FailureRow, reply: ContractReply, { code, message = "" }: { readonly code?: string; readonly message?: string }): boolean {
  const { statuses, message: pattern, without, text, uncoded } = row.recognise ?? {};
  if (uncoded && code !== undefined) return false;
  if (text !== undefined && text !== (typeof reply.body === "string")) return false;
  if (statuses !== undefined && !statuses.some((pattern) => hasStatus(pattern, reply.status))) return false;
  if (pattern !== undefined && !pattern.test(message)) return false;
  return without === undefined || !isJsonObject(reply.body) || !(without in reply.body);
}

function hasStatus(pattern: StatusPattern, status: number): boolean {
  return typeof pattern === "number" ? pattern === status : pattern === `${Math.floor(status / 100)}xx`;
}

/** The status of a failure: that of the reply unless it claims success. */
function statusOf({ dialect }: Pick<Contract, "dialect">, reply: ContractReply): number {
  return reply.status < 300 ? (dialect.readError(reply.body).status ?? reply.status) : reply.status;
}

type Verdict = Pick<FailureRow, "kind" | "retry" | "outcome">;

/** Of a reply that claims success and does not hold what the contract promises: the records may well be stored. */
const unreadableVerdict: Verdict = { kind: "internal", retry: "only-if-idempotent" };

export function readFailure(asked: Asked, reply: ContractReply): ProviderFailure {
  const { contract } = asked;
  const row = findRowOfReply(contract, reply);
  const { kind, retry, outcome }: Verdict = row ?? unreadableVerdict;
  const upstream = toUpstream(contract, reply);
  const message = upstream.message ?? `${asked.provider} answered with HTTP status ${reply.status}`;
  return fail(asked, {
    kind,
    retry,
    message,
    outcome: outcomeOf({ kind, retry, outcome }),
    upstream,
    violations: reply.violations ?? (kind === "invalid-input" ? [unnamedViolation(row?.name ?? "invalid", message)] : []),
    exceeded: row === undefined ? undefined : toExceeded(asked, row),
    requiredScope: kind === "permission-denied" ? contract.requiredScope : undefined,
    retryAfterMs: readRetryAfter(reply.headers["retry-after"], asked.now),
  });
}

export function unreadable(asked: Asked, reply: ContractReply, cause: unknown): ProviderFailure {
  const message = `${asked.provider} answered success in a form that its contract does not know`;
  return fail(asked, { ...unreadableVerdict, message, outcome: "unknown", upstream: toUpstream(asked.contract, reply) }, cause);
}

export function unreachable(asked: Asked, error: TransportError): ProviderFailure {
  const { sent, kind, message } = error;
  return fail(
    asked,
    {
      kind,
      retry: sent ? "only-if-idempotent" : "yes",
      message: `${asked.provider}: ${message}`,
      outcome: sent ? "unknown" : "not-applied",
    },
    error,
  );
}

function fail(asked: Asked, details: Omit<ProviderFailureDetails, "provider" | "idempotent">, cause?: unknown): ProviderFailure {
  return new ProviderFailure({ ...details, provider: asked.provider, idempotent: asked.idempotent }, { cause });
}

function unnamedViolation(rule: string, message: string): Violation {
  return { rule, message };
}

function toUpstream(contract: Contract, reply: ContractReply): NonNullable<ProviderFailureDetails["upstream"]> {
  const { code, message, requestId } = contract.dialect.readError(reply.body);
  return { httpStatus: reply.status, code, message, requestId };
}

function toExceeded({ contract, request, settings }: Asked, row: FailureRow): ExceededLimit | undefined {
  // A row may stand for several contracts, of which one has the limit.
  const limit = findLimitOfRow(contract, row.name);
  const max = limit && effectiveLimit(limit, settings);
  if (limit === undefined || max === undefined || request.body.kind !== "value") return undefined;
  const { value, sizeBytes = compactJsonBytes(value) } = request.body;
  return { limit: max, unit: limit.unit, actual: measureLimit(limit, value, sizeBytes) };
}
