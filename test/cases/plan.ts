import { matchPath } from "../../src/contract/paths.js";
import type { Provider } from "../../src/contract/provider.js";
import * as registry from "../../src/providers/registry.js";
import type { CaseAdapter } from "./adapters/adapter.js";
import { altatechAdapter } from "./adapters/altatech.js";
import { vectorAdapter } from "./adapters/vector.js";
import type { Case, CaseFile } from "./case-file.js";
import type { CaseRun } from "./run-case.js";

const adapters: Readonly<Record<string, CaseAdapter>> = { zilliz: vectorAdapter, milvus: vectorAdapter, altatech: altatechAdapter };

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
  if (providers.length === 0) return "no registered provider serves this contract";
  const served = [item.request, ...item.given.requests].every(({ path }) => providers.some((provider) => hasPath(provider, path)));
  return served ? undefined : "needs an endpoint that is not served yet";
}

function isServedPath(provider: Provider, item: Case): boolean {
  return [...new Set(["", ...(item.operations ?? [])])].some((operation) => hasPath(provider, item.request.path.replaceAll("{operation}", operation)));
}

function hasPath(provider: Provider, path: string): boolean {
  const plain = path.split("?")[0] ?? "";
  return provider.contracts.some((contract) => matchPath(contract.path, plain.replaceAll("{operation}", "insert")) !== undefined);
}

function combinations(providers: readonly Provider[], file: CaseFile, item: Case): CaseRun[] {
  return providers
    .filter(({ id }) => item.providers === undefined || item.providers.includes(id))
    .flatMap((provider) => (item.operations ?? [undefined]).map((operation) => toRun(provider, file, { item, operation })));
}

function toRun(provider: Provider, file: CaseFile, { item, operation }: { item: Case; operation: string | undefined }): CaseRun {
  const adapter = adapters[provider.id];
  if (adapter === undefined) throw new Error(`the runner has no adapter for ${provider.id}`);
  const path = operation === undefined ? item.request.path : item.request.path.replaceAll("{operation}", operation);
  const label = [item.id, provider.id, ...(operation === undefined ? [] : [operation])].join(" ");
  return { label, provider, adapter, file, item: { ...item, request: { ...item.request, path } } };
}
