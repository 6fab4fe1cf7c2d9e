import { defineProvider } from "../../contract/provider.js";
import { resourceContracts } from "./dataset/resource-contracts.js";
import { basePath, insertRowsContract } from "./contract.js";
import { redivisDataSource } from "./data-source.js";
import { providerId } from "./dialect.js";
import { redivisSamples } from "./samples.js";
import { createRedivisService } from "./service.js";
import { uploads } from "./upload/upload.js";

export const redivis = defineProvider({
  id: providerId,
  title: "Redivis",
  root: [basePath],
  basePath,
  contracts: [insertRowsContract, ...resourceContracts],
  collections: uploads,
  createService: createRedivisService,
  dataSource: redivisDataSource,
  samples: redivisSamples,
});
