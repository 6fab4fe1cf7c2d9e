import { isJsonObject } from "../../json/value.js";
import type { Contract } from "../contract.js";
import type { ContractReply } from "../message.js";
import { outcomeOf, type FailureRow, type StatusPattern } from "./failure-row.js";
import { gatewayFailures } from "./gateway-failures.js";

/** The row of a failing reply: the contract's own, else the one for what stands before every service. Undefined for what looks like success. */
export function findRowOfReply(contract: Contract, reply: ContractReply): FailureRow | undefined {
  const declared = contract.failures.filter((row) => !gatewayFailures.includes(row));
  const status = statusOfReply(contract, reply);
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
  const status = statusOfReply(contract, reply);
  const fits = (row: FailureRow): boolean => rowHasCode(row, code);
  return (
    rows.find((row) => row.recognise !== undefined && fits(row) && recognises(row, reply, error)) ??
    rows.find((row) => code !== undefined && row.recognise === undefined && fits(row)) ??
    rows.find((row) => code !== undefined && row.codePattern?.test(code) && recognises(row, reply, error)) ??
    rows.find((row) => code === undefined && row.code === undefined && row.recognise === undefined && row.status === status)
  );
}

/** A row without a code leaves it to its recognition. */
function rowHasCode(row: FailureRow, code: string | undefined): boolean {
  if (row.code === undefined) return row.recognise !== undefined || code === undefined;
  return [row.code, ...(row.otherCodes ?? [])].some((candidate) => String(candidate) === code);
}

function recognises(row: FailureRow, reply: ContractReply, { code, message = "" }: { readonly code?: string; readonly message?: string }): boolean {
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

/** The status of a failure: that of the reply unless it claims success. */
function statusOfReply({ dialect }: Pick<Contract, "dialect">, reply: ContractReply): number {
  return reply.status < 300 ? (dialect.readError(reply.body).status ?? reply.status) : reply.status;
}
