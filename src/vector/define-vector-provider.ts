import type { Contract } from "../contract/contract.js";
import { grantedWith } from "../contract/credentials.js";
import { defineProvider, type AccessKind, type Provider } from "../contract/provider.js";
import { createVectorCollections } from "./collection/collection-kind.js";
import { createVectorDataSource } from "./data-source.js";
import { createVectorService } from "./service/service.js";
import { defineVectorContracts, listContracts, type VectorContracts } from "./wire/contracts.js";
import type { VectorContractOptions } from "./wire/contracts-v1.js";

/** The differences between the members of the family. */
type VectorProviderDeclaration = Pick<Provider, "id" | "title" | "root" | "samples"> & VectorContractOptions;

/** Each action needs the privilege of the endpoint that does the same. */
function spacesOf({ v2: { describe, get, create, drop } }: VectorContracts): AccessKind["spaces"] {
  const within = ({ requiredScope = "" }: Contract) => grantedWith(requiredScope);
  return { describe: within(describe), "read-records": within(get), create: within(create), delete: within(drop) };
}

/** @throws Error at start-up when the parts do not fit */
export function defineVectorProvider({ source, limits, ...provider }: VectorProviderDeclaration): Provider {
  const contracts = defineVectorContracts({ source, limits });
  return defineProvider({
    ...provider,
    contracts: listContracts(contracts),
    collections: createVectorCollections(spacesOf(contracts)),
    createService: (context) => createVectorService(contracts, context),
    dataSource: createVectorDataSource(contracts),
  });
}
