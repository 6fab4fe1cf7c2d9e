import { defineProvider } from "../../contract/provider.js";
import { basePath, insertRowsContract } from "./contract.js";
import { redivisDataSource } from "./data-source.js";
import { tableContracts } from "./dataset/table-contracts.js";
import { providerId } from "./dialect.js";
import { redivisSamples } from "./samples.js";
import { createRedivisService } from "./service.js";
import { uploadContracts } from "./upload/upload-contracts.js";
import { uploads } from "./upload/upload.js";

export const redivis = defineProvider({
  id: providerId,
  title: "Redivis",
  root: [basePath],
  basePath,
  contracts: [insertRowsContract, ...uploadContracts, ...tableContracts],
  collections: uploads,
  createService: createRedivisService,
  dataSource: redivisDataSource,
  samples: redivisSamples,
});
