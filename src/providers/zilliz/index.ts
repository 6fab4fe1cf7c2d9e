import { defineProvider } from "../../contract/provider.js";
import { createVectorCollections } from "../../contract/vector/collection-kind.js";
import { listContracts } from "../../contract/vector/contracts.js";
import { createVectorDataSource } from "../../contract/vector/data-source.js";
import { contracts } from "./contract.js";
import { samples } from "./samples.js";
import { createService } from "./service.js";

export const zilliz = defineProvider({
  id: "zilliz",
  title: "Zilliz Cloud",
  root: [],
  contracts: listContracts(contracts),
  collections: createVectorCollections(),
  createService,
  dataSource: createVectorDataSource(contracts),
  samples,
});
