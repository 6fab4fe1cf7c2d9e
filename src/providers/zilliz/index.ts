import { defineProvider } from "../../contract/provider.js";
import { createVectorCollections } from "../../vector/collection/collection-kind.js";
import { listContracts } from "../../vector/wire/contracts.js";
import { createVectorDataSource } from "../../vector/data-source.js";
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
