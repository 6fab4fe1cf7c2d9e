import { defineProvider } from "../../contract/provider.js";
import { importRecordsContract, queryImportResultsContract } from "./contract.js";
import { altatechDataSource } from "./data-source.js";
import { imports } from "./import/import.js";
import { altatechTasks } from "./import/remote-tasks.js";
import { altatechSamples } from "./samples.js";
import { createAltatechService } from "./service.js";
import { createTableContract, readRecordsContract } from "./table/table-contracts.js";
import { tables } from "./table/table.js";

export const altatech = defineProvider({
  id: "altatech",
  title: "Altatech",
  root: ["/v1/database", "/v2/database"],
  contracts: [importRecordsContract, queryImportResultsContract, createTableContract, readRecordsContract],
  collections: tables,
  imports,
  remoteTasks: altatechTasks,
  createService: createAltatechService,
  dataSource: altatechDataSource,
  samples: altatechSamples,
});
