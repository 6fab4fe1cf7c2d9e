import { outcomeOf, type FailureRow } from "./failures.js";
import { ProviderFailure, type ExceededLimit, type ProviderFailureDetails, type Violation } from "../core/failure.js";
import { isJsonObject } from "../core/json.js";
import type { Asked } from "./asked.js";
import type { Contract } from "./contract.js";
import { compactJsonBytes } from "./json-size.js";
import { effectiveLimit, measureLimit } from "./limits.js";
import { readRetryAfter } from "./retry-after.js";
import type { ContractReply, TransportError } from "./message.js";

/** The row of a failing reply: the first that recognises it, else the one with its code, else with a pattern of it, else with its status, else none. */
export function findRowOfReply(contract: Contract, reply: ContractReply): FailureRow | undefined {
  const { code, message = "" } = contract.dialect.readError(reply.body);
  const status = statusOf(contract, reply);
  const fits = (row: FailureRow): boolean => hasCode(row, code);
  return (
    contract.failures.find((row) => row.recognise !== undefined && fits(row) && recognises(row, reply, message)) ??
    contract.failures.find((row) => code !== undefined && row.recognise === undefined && fits(row)) ??
    contract.failures.find((row) => code !== undefined && row.codePattern?.test(code) && recognises(row, reply, message)) ??
    contract.failures.find((row) => code === undefined && row.code === undefined && row.recognise === undefined && row.status === status)
  );
}

/** A row without a code leaves it to its recognition. */
function hasCode(row: FailureRow, code: string | undefined): boolean {
  if (row.code === undefined) return row.recognise !== undefined || code === undefined;
  return [row.code, ...(row.otherCodes ?? [])].some((candidate) => String(candidate) === code);
}

function recognises(row: FailureRow, reply: ContractReply, message: string): boolean {
  const { statuses, message: pattern, without, text } = row.recognise ?? {};
  if (text && typeof reply.body !== "string") return false;
  if (statuses !== undefined && !statuses.includes(reply.status)) return false;
  if (pattern !== undefined && !pattern.test(message)) return false;
  return without === undefined || !isJsonObject(reply.body) || !(without in reply.body);
}

/** The status of a failure: that of the reply unless it claims success. */
function statusOf({ dialect }: Contract, reply: ContractReply): number {
  return reply.status < 300 ? (dialect.readError(reply.body).status ?? reply.status) : reply.status;
}

type Verdict = Pick<FailureRow, "kind" | "retry" | "outcome">;

/** For replies outside the contract. */
function kindOfStatus(status: number): Verdict {
  const known = statusKinds.find((entry) => entry.statuses.includes(status));
  if (known !== undefined) return known;
  if (status >= 400 && status < 500) return { kind: "invalid-input", retry: "no" };
  return status >= 500 ? { kind: "unavailable", retry: "only-if-idempotent" } : { kind: "internal", retry: "only-if-idempotent" };
}

const statusKinds: readonly (Verdict & { readonly statuses: readonly number[] })[] = [
  { statuses: [401], kind: "unauthenticated", retry: "no" },
  { statuses: [403], kind: "permission-denied", retry: "no" },
  { statuses: [404, 410], kind: "not-found", retry: "no" },
  { statuses: [409], kind: "conflict", retry: "no" },
  { statuses: [413], kind: "payload-too-large", retry: "no" },
  { statuses: [408, 504], kind: "timeout", retry: "only-if-idempotent" },
  { statuses: [429], kind: "rate-limited", retry: "yes" },
  { statuses: [500], kind: "internal", retry: "only-if-idempotent" },
  { statuses: [503], kind: "unavailable", retry: "yes" },
];

export function readFailure(asked: Asked, reply: ContractReply): ProviderFailure {
  const { contract } = asked;
  const row = findRowOfReply(contract, reply);
  const { kind, retry, outcome }: Verdict = row ?? kindOfStatus(statusOf(contract, reply));
  const upstream = toUpstream(contract, reply);
  const message = upstream.message ?? `${asked.provider} answered with HTTP status ${reply.status}`;
  return fail(asked, {
    kind,
    retry,
    message,
    outcome: outcomeOf({ kind, retry, outcome }),
    upstream,
    violations: reply.violations ?? (kind === "invalid-input" ? [unnamedViolation(row?.name ?? "invalid", message)] : []),
    exceeded: row?.limit === undefined ? undefined : toExceeded(asked, row.limit),
    requiredScope: kind === "permission-denied" ? contract.requiredScope : undefined,
    retryAfterMs: readRetryAfter(reply.headers["retry-after"], asked.now),
  });
}

/** A reply of success that does not hold what the contract promises: the records may well be stored. */
export function unreadable(asked: Asked, reply: ContractReply, cause: unknown): ProviderFailure {
  const message = `${asked.provider} answered success in a form that its contract does not know`;
  return fail(asked, { kind: "internal", retry: "only-if-idempotent", message, outcome: "unknown", upstream: toUpstream(asked.contract, reply) }, cause);
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

function toExceeded({ contract, request, settings }: Asked, name: string): ExceededLimit | undefined {
  // A row may stand for several contracts, of which one has the limit.
  const limit = contract.limits.find((each) => each.name === name);
  const max = limit && effectiveLimit(limit, settings);
  if (limit === undefined || max === undefined || request.body.kind !== "value") return undefined;
  const { value, sizeBytes = compactJsonBytes(value) } = request.body;
  return { limit: max, unit: limit.unit, actual: measureLimit(limit, value, sizeBytes) };
}
