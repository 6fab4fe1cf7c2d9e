import { setTimeout as wait } from "node:timers/promises";
import type { IdSource } from "../../core/clock.js";
import { findLimitOfRow, findRow, type Contract, type Limit } from "../contract.js";
import { writeFailure } from "./failure-reply.js";
import { placeholdersOf, type MessageParameters } from "../failures/failure-row.js";
import { lostConnection, TransportError, type ContractRequest, type Transport } from "../message.js";
import { matchPath } from "../paths.js";
import { shorten } from "../../json/quote.js";

/** With this header a developer of clients provokes a failure of one call. */
export const faultHeader = "recordgate-fault";

const maxDelayMs = 600_000;

interface Fault {
  /** Name of the failure row to answer. */
  readonly row?: string;
  readonly delayMs: number;
  /** The connection is lost before the service begins, or after it has finished. */
  readonly drop?: "before" | "after";
}

/**
 * Reads `<failure row>[; delay=<ms>][; drop=before|after]`, each part optional.
 * @returns the first part that does not have one of these forms
 */
export function parseFault(text: string): Fault | string {
  let fault: Fault = { delayMs: 0 };
  for (const part of text.split(";").map((each) => each.trim())) {
    const [, delay] = /^delay\s*=\s*(\d{1,6})$/.exec(part) ?? [];
    const [, drop] = /^drop\s*=\s*(before|after)$/.exec(part) ?? [];
    if (delay !== undefined && Number(delay) <= maxDelayMs) fault = { ...fault, delayMs: Number(delay) };
    else if (drop === "before" || drop === "after") fault = { ...fault, drop };
    else if (/^[a-z][a-z0-9-]*$/.test(part) && fault.row === undefined) fault = { ...fault, row: part };
    else if (part !== "") return part;
  }
  return fault;
}

/** Provokes the fault that a request names, for any transport. */
export function withFaults(
  transport: Transport,
  { contracts, ids }: { readonly contracts: readonly Contract[]; readonly ids: Pick<IdSource, "uuid"> },
): Transport {
  return async (request, signal) => {
    const contract = request.fault === undefined ? undefined : findContract(contracts, request);
    if (request.fault === undefined || contract === undefined) return transport(request, signal);
    const fault = parseFault(request.fault);
    const refuse = (failure: string, parameters: MessageParameters) =>
      writeFailure({ contract, request, details: { failure, parameters }, ids });
    if (typeof fault === "string")
      return refuse(contract.serviceFailures.malformed, { problem: explainUnknownFault(fault) });
    const { row, delayMs, drop } = fault;
    if (row !== undefined && !contract.failures.some(({ name }) => name === row))
      return refuse(contract.serviceFailures.malformed, { problem: listRows(contract, row) });
    if (delayMs > 0) await wait(delayMs, undefined, { ref: false });
    if (row !== undefined && drop === undefined) return refuse(row, exampleParameters(contract, row));
    const reply = drop === "before" ? undefined : await transport(request, signal);
    if (drop !== undefined || reply === undefined) throw new TransportError(lostConnection, true);
    return reply;
  };
}

/** Example values for the placeholders of messages. */
const examples: MessageParameters = { database: "default", row: 0, actual: 2, limit: 1, unit: "records", rate: 1 };

/** A placeholder without an example is replaced by its name. */
function exampleParameters(contract: Contract, name: string): MessageParameters {
  const { message } = findRow(contract, name);
  const passed = toPassedParameters(findLimitOfRow(contract, name));
  const own = { scope: contract.requiredScope ?? "scope", privilege: contract.requiredScope ?? "privilege" };
  const named = placeholdersOf(message).map((parameter): [string, string] => [parameter, parameter]);
  return { ...Object.fromEntries(named), ...examples, ...own, ...passed };
}

function toPassedParameters(limit: Limit | undefined): MessageParameters {
  if (limit === undefined) return {};
  const { max, unit } = limit;
  return max === undefined ? { unit } : { unit, limit: max, actual: max + 1 };
}

function explainUnknownFault(part: string): string {
  return `${faultHeader}: ${shorten(part, 100)} is not a failure row, delay=<ms> up to ${maxDelayMs}, drop=before or drop=after`;
}

function listRows({ name, failures }: Contract, row: string): string {
  return `${faultHeader}: ${name} has no failure row ${shorten(row, 100)}; it has ${failures.map((each) => each.name).join(", ")}`;
}

function findContract(contracts: readonly Contract[], { method, path }: ContractRequest): Contract | undefined {
  return contracts.find((contract) => contract.method === method && matchPath(contract.path, path) !== undefined);
}
