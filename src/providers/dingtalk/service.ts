import { endpoint, type Endpoint } from "../../contract/service.js";
import { createAccessToken } from "./token/access-token.js";
import { createAccessTokenContract } from "./token/token-contract.js";
import { insertRecordsContract } from "./contract.js";
import { insertRecords } from "./record/insert.js";
import { findChangedRecordsContract, getRecordContract, listRecordsContract } from "./record/record-contracts.js";
import { getRecord, listRecords, findChangedRecords } from "./record/record-service.js";
import type { Context } from "./service-context.js";
import { createField, listFields } from "./sheet/field-service.js";
import {
  createFieldContract,
  createSheetContract,
  listFieldsContract,
  listSheetsContract,
} from "./sheet/sheet-contracts.js";
import { createSheet, listSheets } from "./sheet/sheet-service.js";

export function createDingtalkService(): readonly Endpoint<Context>[] {
  return [
    endpoint(insertRecordsContract, insertRecords),
    endpoint(listSheetsContract, listSheets),
    endpoint(createSheetContract, createSheet),
    endpoint(listFieldsContract, listFields),
    endpoint(createFieldContract, createField),
    endpoint(listRecordsContract, listRecords),
    endpoint(getRecordContract, getRecord),
    endpoint(findChangedRecordsContract, findChangedRecords),
    endpoint(createAccessTokenContract, createAccessToken),
  ];
}
