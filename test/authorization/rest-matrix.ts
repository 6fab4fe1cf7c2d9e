import type { Contract } from "../../src/contract/contract.js";
import { findRow } from "../../src/contract/contract.js";
import type { ContractReply, ContractRequest } from "../../src/contract/message.js";
import { buildPath } from "../../src/contract/paths.js";
import { stringifyJson } from "../../src/json/stringify.js";
import * as registry from "../../src/providers/registry.js";
import { fillRequest } from "../contract/loose-request.js";
import { columns, type ColumnName, type Outcome } from "./columns.js";
import { restTable, type RestRow } from "./rest-table.js";
import { unname } from "./unname.js";
import { cellScopeOf, type LivePlace, type World } from "./world.js";

export interface Endpoint {
  readonly provider: string;
  readonly contract: Contract;
  /** Undefined for an endpoint that the table does not list. */
  readonly row: RestRow | undefined;
}

export const endpoints: readonly Endpoint[] = Object.values(registry).flatMap(({ id, contracts }) =>
  contracts.map((contract) => ({ provider: id, contract, row: restTable[id]?.[contract.name] })),
);

interface Given {
  /** Replaces the credential of the column. */
  readonly secret?: string;
  /** Replaces the expected outcome of the column. */
  readonly outcome?: Outcome;
}

interface Asked {
  readonly request: ContractRequest;
  readonly reply: ContractReply;
  readonly changed: boolean;
}

let fresh = 1000;

/** Deviations of a cell from the expected outcome; none when it is as expected. */
export async function judgeRestCell(
  world: World,
  { provider, contract, row }: Endpoint,
  column: ColumnName,
  given: Given = {},
): Promise<readonly string[]> {
  if (row === undefined) return [`${provider} ${contract.name} has no row in test/authorization/rest-table.ts`];
  const secret = given.secret ?? (await world.secretOf(column, cellScopeOf(provider, contract.keyOperation)));
  const theirs = await world.theirs(provider);
  const name = String(fresh++);
  const ask = async (place: LivePlace): Promise<Asked> => {
    const { path = {}, query = {}, body } = row.call(place, name);
    const headers = secret === undefined ? {} : contract.dialect.credentials.write(secret);
    const request = fillRequest(
      { method: contract.method, path: buildPath(contract.path, path), query, headers },
      { ...(body !== undefined && { body }) },
    );
    const send = () => world.app.router(provider)(request, AbortSignal.timeout(20_000));
    // A read is told by its reply alone.
    if (contract.keyOperation === "read") return { request, reply: await send(), changed: false };
    return { request, ...(await world.watch(theirs, send)) };
  };
  const answered = await ask(theirs);
  const isGranted = isSuccess(answered, { contract, row, place: theirs });
  const outcome = given.outcome ?? (row.public ? "granted" : columns[column].rest);
  const problems: string[] = [];
  if (outcome === "granted") {
    if (!isGranted) problems.push(`is refused: ${show(answered.reply)}`);
    return problems;
  }
  if (isGranted && !row.anywhere) problems.push(`is granted: ${show(answered.reply)}`);
  if (answered.changed) problems.push("changes what is stored");
  if (outcome === "unauthenticated" && !isUnauthenticated(answered, contract, secret !== undefined))
    problems.push(`is not the refusal of an unknown caller: ${show(answered.reply)}`);
  if (outcome === "refused" || row.anywhere) return problems;
  const absent = await ask(world.absent(provider));
  const [told, expected] = [unname(show(answered.reply)), unname(show(absent.reply))];
  if (told !== expected) problems.push(`differs from an absent target: ${told} instead of ${expected}`);
  return problems;
}

function isSuccess(
  { request, reply, changed }: Asked,
  { contract, row, place }: { readonly contract: Contract; readonly row: RestRow; readonly place: LivePlace },
): boolean {
  if (typeof row.sign === "object") return stringifyJson(reply.body ?? null).includes(row.sign.tells);
  if (reply.status >= 300 || !contract.succeeded(reply, request)) return false;
  if (row.sign === "changes") return changed;
  return row.sign === "succeeds" || stringifyJson(reply.body ?? null).includes(place.word) || isTask(reply, place);
}

/** The result of an import names the task, and nothing else of the place. */
function isTask({ body }: ContractReply, { taskId }: LivePlace): boolean {
  return taskId !== "" && stringifyJson(body ?? null).includes(taskId);
}

function isUnauthenticated({ reply }: Asked, contract: Contract, hasCredential: boolean): boolean {
  const check = contract.checks.find((each) => each.check === "caller");
  if (check === undefined) return false;
  const name = hasCredential ? check.failure : (check.missingFailure ?? check.failure);
  return reply.status === findRow(contract, name).status;
}

function show({ status, headers, body, violations }: ContractReply): string {
  return stringifyJson([status, headers, body ?? null, JSON.stringify(violations ?? [])]);
}
