import { defineProvider } from "../../contract/provider.js";
import { companions } from "./companion-contracts.js";
import { basePath, insertRows } from "./contract.js";
import { dataSource } from "./data-source.js";
import { providerId } from "./dialect.js";
import { samples } from "./samples.js";
import { createService } from "./service.js";
import { uploads } from "./upload/upload.js";

export const redivis = defineProvider({
  id: providerId,
  title: "Redivis",
  root: [basePath],
  basePath,
  contracts: [insertRows, ...companions],
  collections: uploads,
  createService,
  dataSource,
  samples,
});
