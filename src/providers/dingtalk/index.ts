import { z } from "zod";
import { defineProvider } from "../../contract/provider.js";
import { insertRecords } from "./contract.js";
import { dataSource } from "./data-source.js";
import { findChangedRecords, getRecord, listRecords } from "./record/record-contracts.js";
import { samples } from "./samples.js";
import { createService } from "./service.js";
import { createField, createSheet, listFields, listSheets } from "./sheet/sheet-contracts.js";
import { sheets } from "./sheet/sheets.js";
import { createAccessToken } from "./base/token-contract.js";

export const dingtalk = defineProvider({
  id: "dingtalk",
  title: "DingTalk AI Table",
  root: ["/v1.0"],
  contracts: [insertRecords, listSheets, createSheet, listFields, createField, listRecords, getRecord, findChangedRecords, createAccessToken],
  collections: sheets,
  settings: z.object({
    UNKNOWN_OPTION: z
      .enum(["reject", "create"])
      .default("reject")
      .describe("What the embedded service does with an option that a select field does not have: `reject` the record or `create` the option."),
  }),
  createService,
  dataSource,
  samples,
});
