import { z } from "zod";
import { defineProvider } from "../../contract/provider.js";
import { insertRecordsContract } from "./contract.js";
import { dingtalkDataSource } from "./data-source.js";
import { findChangedRecordsContract, getRecordContract, listRecordsContract } from "./record/record-contracts.js";
import { dingtalkRemote } from "./token/remote-app.js";
import { dingtalkSamples } from "./samples.js";
import { createDingtalkService } from "./service.js";
import {
  createFieldContract,
  createSheetContract,
  listFieldsContract,
  listSheetsContract,
} from "./sheet/sheet-contracts.js";
import { sheets } from "./sheet/sheets.js";
import { createAccessTokenContract } from "./token/token-contract.js";

export const dingtalk = defineProvider({
  id: "dingtalk",
  title: "DingTalk AI Table",
  root: ["/v1.0"],
  contracts: [
    insertRecordsContract,
    listSheetsContract,
    createSheetContract,
    listFieldsContract,
    createFieldContract,
    listRecordsContract,
    getRecordContract,
    findChangedRecordsContract,
    createAccessTokenContract,
  ],
  collections: sheets,
  settings: z.object({
    UNKNOWN_OPTION: z
      .enum(["reject", "create"])
      .default("reject")
      .describe(
        "How the embedded service treats an option that a select field does not have: `reject` the record or `create` the option.",
      ),
  }),
  remote: dingtalkRemote,
  createService: createDingtalkService,
  dataSource: dingtalkDataSource,
  samples: dingtalkSamples,
});
