import { defineProvider, type Provider } from "../contract/provider.js";
import { createVectorCollections } from "./collection/collection-kind.js";
import { createVectorDataSource } from "./data-source.js";
import { createVectorService } from "./service/service.js";
import { defineVectorContracts, listContracts } from "./wire/contracts.js";
import type { VectorContractOptions } from "./wire/contracts-v1.js";

/** The differences between the members of the family. */
type VectorProviderDeclaration = Pick<Provider, "id" | "title" | "root" | "samples"> & VectorContractOptions;

/** @throws Error at start-up when the parts do not fit */
export function defineVectorProvider({ source, limits, ...provider }: VectorProviderDeclaration): Provider {
  const contracts = defineVectorContracts({ source, limits });
  return defineProvider({
    ...provider,
    contracts: listContracts(contracts),
    collections: createVectorCollections(),
    createService: () => createVectorService(contracts),
    dataSource: createVectorDataSource(contracts),
  });
}
