import type { z } from "zod";
import type { Contract } from "../contract.js";
import { limitSettings } from "../limits.js";
import { isBelow } from "../paths.js";
import { findRepeated } from "../schema/repeated.js";
import type { Endpoint } from "../service.js";

/** The parts of a provider that have to agree with each other. */
interface ProviderParts {
  readonly id: string;
  readonly root: readonly string[];
  readonly contracts: readonly Contract[];
  readonly targets: object;
  readonly settings?: z.ZodObject;
}

/** Variables of the configuration that every provider has. */
const commonSettings = ["BASE_URL", "TOKEN", "ALLOWED_ADDRESSES", "TASK_POLLS"];

/** @throws Error at start-up when the parts of a provider do not fit, naming the contract */
export function verifyProvider({ id, root, contracts, targets, settings }: ProviderParts): void {
  if (!/^[a-z][a-z0-9]*$/.test(id)) throw new Error(`the provider id ${id} is not one lower-case word`);
  for (const { name, path } of contracts) {
    if (root.length > 0 && !root.some((claim) => isBelow(path, claim)))
      throw new Error(`the path of contract ${name} is below none of the paths that provider ${id} claims`);
  }
  for (const operation of Object.keys(targets)) {
    if (!contracts.some((contract) => contract.operation === operation))
      throw new Error(`provider ${id} has a target but no contract for ${operation}`);
  }
  const repeated =
    findRepeated(contracts.map(({ name }) => name)) ??
    findRepeated(contracts.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`));
  if (repeated !== undefined) throw new Error(`provider ${id} has two contracts ${repeated}`);
  const taken = new Set([...commonSettings, ...contracts.flatMap(limitSettings).map(({ setting }) => setting)]);
  const clash = Object.keys(settings?.shape ?? {}).find((name) => taken.has(name));
  if (clash !== undefined)
    throw new Error(`provider ${id} declares the setting ${clash}, which already has another meaning`);
}

/**
 * Verifies that every contract has exactly one endpoint and every endpoint a contract.
 * @throws Error at start-up, naming the contract
 */
export function verifyEndpoints<Context>(
  { id, contracts }: Pick<ProviderParts, "id" | "contracts">,
  endpoints: readonly Endpoint<Context>[],
): readonly Endpoint<Context>[] {
  const answered = new Set<Contract>();
  for (const { contract } of endpoints) {
    if (!contracts.includes(contract))
      throw new Error(`provider ${id} has an endpoint for ${contract.name}, which is not one of its contracts`);
    if (answered.has(contract)) throw new Error(`provider ${id} has two endpoints for contract ${contract.name}`);
    answered.add(contract);
  }
  const open = contracts.find((contract) => !answered.has(contract));
  if (open !== undefined) throw new Error(`provider ${id} has no endpoint for contract ${open.name}`);
  return endpoints;
}
