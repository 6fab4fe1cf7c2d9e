import { defineProvider } from "../../contract/provider.js";
import { importRecords, queryImportResults } from "./contract.js";
import { dataSource } from "./data-source.js";
import { imports } from "./import/import.js";
import { samples } from "./samples.js";
import { createService } from "./service.js";
import { createTable, readRecords } from "./table-contracts.js";
import { tables } from "./table/table.js";

export const altatech = defineProvider({
  id: "altatech",
  title: "Altatech",
  root: ["/v1/database"],
  contracts: [importRecords, queryImportResults, createTable, readRecords],
  collections: tables,
  imports,
  createService,
  dataSource,
  samples,
});
