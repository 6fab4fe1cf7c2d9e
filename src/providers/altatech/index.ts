import { z } from "zod";
import { defineProvider } from "../../contract/provider.js";
import { importRecords, queryImportResults } from "./contract.js";
import { createDataSource } from "./data-source.js";
import { providerId } from "./dialect.js";
import { imports } from "./import.js";
import { samples } from "./samples.js";
import { createService } from "./service.js";
import { createTable, readRecords } from "./table-contracts.js";
import { tables } from "./table.js";

/** The form of the id is for the contract to judge, in its own words. */
const target = z.strictObject({ table_id: z.string().describe("Id of the table, 24 lower-case hexadecimal digits.") });

export const altatech = defineProvider({
  id: providerId,
  title: "Altatech",
  root: ["/v1/database"],
  contracts: [importRecords, queryImportResults, createTable, readRecords],
  targets: { insertRecords: target },
  collections: tables,
  imports,
  createService,
  createDataSource,
  samples,
});
