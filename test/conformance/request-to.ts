import type { Contract } from "../../src/contract/contract.js";
import { placeholdersOf } from "../../src/contract/failures/failure-row.js";
import type { ContractRequest } from "../../src/contract/message.js";
import { buildPath } from "../../src/contract/paths.js";
import { RequestScope } from "../../src/core/request-scope.js";

/** A request that reaches the contract; the contract may refuse it. */
export function requestTo({ method, path }: Contract): Omit<ContractRequest, "body"> {
  const parameters = Object.fromEntries(placeholdersOf(path).map((name) => [name, "x"]));
  return { method, path: buildPath(path, parameters), query: {}, headers: {}, scope: new RequestScope() };
}
