import { readdirSync } from "node:fs";
import { join } from "node:path";
import { matchPath } from "../../src/contract/paths.js";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import { readCaseFile, type Case, type CaseFile, type CaseRequest } from "./case-file.js";
import type { CaseRun } from "./run-case.js";
import { learnWriteForms, type WriteForm } from "./write-form.js";

export interface Plan {
  /** Cases of our server. */
  readonly runs: readonly CaseRun[];
  /** Cases of our client. */
  readonly remote: readonly CaseRun[];
  readonly leftOut: readonly { readonly item: Case; readonly reason: string }[];
}

/** A provider that the cases run against, with the forms of its writes. */
interface Player {
  readonly provider: Provider;
  readonly forms: readonly WriteForm[];
}

/** One run for each combination of provider and operation that a case names. */
export async function planRuns(file: CaseFile): Promise<Plan> {
  const providers = Object.values(registry).filter((provider) =>
    file.cases.some((item) => isServedPath(provider, item)),
  );
  const players = await Promise.all(
    providers.map(async (provider) => ({ provider, forms: await learnWriteForms(provider) })),
  );
  const runs: CaseRun[] = [];
  const remote: CaseRun[] = [];
  const leftOut: { item: Case; reason: string }[] = [];
  for (const item of file.cases) {
    const reason = players.length === 0 ? "no registered provider serves this contract" : undefined;
    if (reason === undefined) (item.side === "remote" ? remote : runs).push(...combinations(players, file, item));
    else leftOut.push({ item, reason });
  }
  return { runs, remote, leftOut };
}

/** The runs of every file of a folder. */
export function planFiles(folder: string): Promise<readonly (Plan & { readonly file: string })[]> {
  return Promise.all(
    readdirSync(folder).map(async (file) => ({ file, ...(await planRuns(readCaseFile(join(folder, file)))) })),
  );
}

function isServedPath(provider: Provider, item: Case): boolean {
  return (item.operations ?? operationsOf(provider, item)).some((operation = "") =>
    hasPath(provider, withOperation(item.request, operation).path),
  );
}

function hasPath({ contracts }: Provider, path: string): boolean {
  return contracts.some((contract) => matchPath(contract.path, path.split("?")[0] ?? "") !== undefined);
}

/** The values for `{operation}` in a path: those that lead to a write. */
function operationsOf({ contracts }: Provider, { request: { path } }: Case): readonly (string | undefined)[] {
  if (!path.includes("{operation}")) return [undefined];
  return contracts.flatMap((contract) =>
    contract.operation === undefined ? [] : Object.values(matchPath(path, contract.path) ?? {}),
  );
}

function combinations(players: readonly Player[], file: CaseFile, item: Case): CaseRun[] {
  return players
    .filter(({ provider: { id } }) => item.providers === undefined || item.providers.includes(id))
    .flatMap((player) =>
      (item.operations ?? operationsOf(player.provider, item)).map((operation) =>
        toRun(player, file, { item, operation }),
      ),
    );
}

function toRun(
  { provider, forms }: Player,
  file: CaseFile,
  { item, operation }: { item: Case; operation: string | undefined },
): CaseRun {
  const label = [item.id, provider.id, ...(operation === undefined ? [] : [operation])].join(" ");
  const named = (request: CaseRequest): CaseRequest =>
    operation === undefined ? request : withOperation(request, operation);
  const given = { ...item.given, requests: item.given.requests.map(named) };
  return { label, provider, forms, file, item: { ...item, given, request: named(item.request) } };
}

function withOperation(request: CaseRequest, operation: string): CaseRequest {
  return { ...request, path: request.path.replaceAll("{operation}", operation) };
}
