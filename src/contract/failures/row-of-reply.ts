import { isJsonObject } from "../../json/value.js";
import type { Contract } from "../contract.js";
import type { ContractReply } from "../message.js";
import { outcomeOf, type FailureRow, type StatusPattern } from "./failure-row.js";
import { gatewayFailures } from "./gateway-failures.js";

/**
 * The row of a failing reply: one of the contract's own, else a gateway row. Undefined for a reply that looks like
 * success.
 */
export function findRowOfReply(contract: Contract, reply: ContractReply): FailureRow | undefined {
  const declared = contract.failures.filter((row) => !gatewayFailures.includes(row));
  const status = statusOfReply(contract, reply);
  const row = findDeclaredRow(contract, declared, reply);
  if (row !== undefined && (row.status === status || !inBetween.has(status) || outcomeOf(row) !== "not-applied"))
    return row;
  return gatewayFailures.find((each) => recognises(each, { ...reply, status }, {}));
}

/**
 * Statuses that intermediaries answer. With one of these that is not the row's own, a row of the contract does not
 * prove that nothing was stored.
 */
const inBetween: ReadonlySet<number> = new Set([408, 502, 503, 504]);

export function isInBetween(status: number): boolean {
  return inBetween.has(status);
}

/** Whether an error body has the form that the service itself writes: with a code, or with the status of an old form. */
export function hasOwnForm({ dialect }: Pick<Contract, "dialect">, { body }: ContractReply): boolean {
  const { code, status } = dialect.readError(body);
  return code !== undefined || status !== undefined;
}

/**
 * The row of a reply by precedence; within each step the first row of the table wins:
 * 1. a row that lists the code of the reply, or does not have a code, and whose `recognise` matches;
 * 2. a row without `recognise` that lists the code;
 * 3. a row whose `codePattern` matches the code, and whose `recognise` matches, if given;
 * 4. for a reply without a code, a row with neither code nor `recognise` that has the status.
 */
export function findDeclaredRow(
  contract: Pick<Contract, "dialect">,
  rows: readonly FailureRow[],
  reply: ContractReply,
): FailureRow | undefined {
  const error = contract.dialect.readError(reply.body);
  const { code } = error;
  const status = statusOfReply(contract, reply);
  const fits = (row: FailureRow): boolean => rowHasCode(row, code);
  return (
    rows.find((row) => row.recognise !== undefined && fits(row) && recognises(row, reply, error)) ??
    rows.find((row) => code !== undefined && row.recognise === undefined && fits(row)) ??
    rows.find((row) => code !== undefined && row.codePattern?.test(code) && recognises(row, reply, error)) ??
    rows.find(
      (row) => code === undefined && row.code === undefined && row.recognise === undefined && row.status === status,
    )
  );
}

/** A row without a code matches any code if it has `recognise`. */
function rowHasCode(row: FailureRow, code: string | undefined): boolean {
  if (row.code === undefined) return row.recognise !== undefined || code === undefined;
  return [row.code, ...(row.otherCodes ?? [])].some((candidate) => String(candidate) === code);
}

function recognises(
  row: FailureRow,
  reply: ContractReply,
  { code, message = "" }: { readonly code?: string; readonly message?: string },
): boolean {
  const { statuses, message: pattern, without, text, uncoded } = row.recognise ?? {};
  if (uncoded && code !== undefined) return false;
  if (text !== undefined && text !== (typeof reply.body === "string")) return false;
  if (statuses !== undefined && !statuses.some((pattern) => rowHasStatus(pattern, reply.status))) return false;
  if (pattern !== undefined && !pattern.test(message)) return false;
  return without === undefined || !isJsonObject(reply.body) || !(without in reply.body);
}

function rowHasStatus(pattern: StatusPattern, status: number): boolean {
  return typeof pattern === "number" ? pattern === status : pattern === `${Math.floor(status / 100)}xx`;
}

/** The status of a failure: that of the reply, or, where the reply claims success, the one that its body states. */
function statusOfReply({ dialect }: Pick<Contract, "dialect">, reply: ContractReply): number {
  return reply.status < 300 ? (dialect.readError(reply.body).status ?? reply.status) : reply.status;
}
