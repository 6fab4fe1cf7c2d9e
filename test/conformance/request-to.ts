import type { Contract } from "../../src/contract/contract.js";
import type { ContractRequest } from "../../src/contract/message.js";
import { buildPath } from "../../src/contract/paths.js";

/** A request that leads to the contract, whatever becomes of it there. */
export function requestTo({ method, path }: Contract): Pick<ContractRequest, "method" | "path" | "query" | "headers"> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]): [string, string] => [name, "x"]);
  return { method, path: buildPath(path, Object.fromEntries(names)), query: {}, headers: {} };
}
