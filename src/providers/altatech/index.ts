import { z } from "zod";
import { defineProvider } from "../../contract/provider.js";
import { importRecords, queryImportResults } from "./contract.js";
import { createDataSource } from "./data-source.js";
import { providerId } from "./dialect.js";
import { imports } from "./import.js";
import { samples } from "./samples.js";
import { createService } from "./service.js";
import { tableId, tables } from "./table.js";

export const altatech = defineProvider({
  id: providerId,
  title: "Altatech",
  root: true,
  contracts: [importRecords, queryImportResults],
  targets: { insertRecords: z.strictObject({ table_id: tableId }) },
  collections: tables,
  imports,
  createService,
  createDataSource,
  samples,
});
