import { matchPath } from "../../src/contract/paths.js";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import type { CaseAdapter } from "./adapters/adapter.js";
import { altatechAdapter } from "./adapters/altatech.js";
import { dingtalkAdapter } from "./adapters/dingtalk.js";
import { redivisAdapter } from "./adapters/redivis.js";
import { vectorAdapter } from "./adapters/vector.js";
import type { Case, CaseFile, CaseRequest } from "./case-file.js";
import type { CaseRun } from "./run-case.js";

const adapters: Readonly<Record<string, CaseAdapter>> = { zilliz: vectorAdapter, milvus: vectorAdapter, altatech: altatechAdapter, dingtalk: dingtalkAdapter, redivis: redivisAdapter };

export interface Plan {
  readonly runs: readonly CaseRun[];
  readonly leftOut: readonly { readonly item: Case; readonly reason: string }[];
}

/** One run for each combination of provider and operation that a case names. */
export function planRuns(file: CaseFile): Plan {
  const providers = Object.values(registry).filter((provider) => file.cases.some((item) => isServedPath(provider, item)));
  const runs: CaseRun[] = [];
  const leftOut: { item: Case; reason: string }[] = [];
  for (const item of file.cases) {
    const reason = reasonToLeaveOut(providers, item);
    if (reason === undefined) runs.push(...combinations(providers, file, item));
    else leftOut.push({ item, reason });
  }
  return { runs, leftOut };
}

function reasonToLeaveOut(providers: readonly Provider[], item: Case): string | undefined {
  if (item.side === "remote") return "our HTTP client is not driven by cases yet";
  return providers.length === 0 ? "no registered provider serves this contract" : undefined;
}

function isServedPath(provider: Provider, item: Case): boolean {
  return [...new Set(["", ...(item.operations ?? [])])].some((operation) => hasPath(provider, item.request.path.replaceAll("{operation}", operation)));
}

function hasPath(provider: Provider, path: string): boolean {
  return provider.contracts.some((contract) => matchPath(contract.path, pathname(path).replaceAll("{operation}", "insert")) !== undefined);
}

function pathname(path: string): string {
  return path.split("?")[0] ?? "";
}

export function adapterOf(provider: Pick<Provider, "id">): CaseAdapter {
  const adapter = adapters[provider.id];
  if (adapter === undefined) throw new Error(`the runner has no adapter for ${provider.id}`);
  return adapter;
}

function combinations(providers: readonly Provider[], file: CaseFile, item: Case): CaseRun[] {
  return providers
    .filter(({ id }) => item.providers === undefined || item.providers.includes(id))
    .flatMap((provider) => (item.operations ?? defaultOperations(item)).map((operation) => toRun(provider, file, { item, operation })));
}

function defaultOperations(item: Case): readonly (string | undefined)[] {
  return item.request.path.includes("{operation}") ? ["insert", "upsert"] : [undefined];
}

function toRun(provider: Provider, file: CaseFile, { item, operation }: { item: Case; operation: string | undefined }): CaseRun {
  const label = [item.id, provider.id, ...(operation === undefined ? [] : [operation])].join(" ");
  const named = (request: CaseRequest): CaseRequest => (operation === undefined ? request : { ...request, path: request.path.replaceAll("{operation}", operation) });
  const given = { ...item.given, requests: item.given.requests.map(named) };
  return { label, provider, adapter: adapterOf(provider), file, item: { ...item, given, request: named(item.request) } };
}
