import type { Contract } from "../../contract/contract.js";
import { defineV1Contracts, type VectorContractOptions } from "./contracts-v1.js";
import { defineV2Contracts } from "./contracts-v2.js";

/** The endpoints of both versions of the interface. */
export interface VectorContracts {
  readonly v1: ReturnType<typeof defineV1Contracts>;
  readonly v2: ReturnType<typeof defineV2Contracts>;
}

export function defineVectorContracts(options: VectorContractOptions): VectorContracts {
  return { v1: defineV1Contracts(options), v2: defineV2Contracts(options) };
}

export function listContracts({ v1, v2 }: VectorContracts): readonly Contract[] {
  return [...Object.values(v1), ...Object.values(v2)];
}
