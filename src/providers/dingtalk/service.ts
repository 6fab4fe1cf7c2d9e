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

export function createDingtalkService(context: Context): readonly Endpoint[] {
  return [
    endpoint(insertRecordsContract, (call) => insertRecords(context, call)),
    endpoint(listSheetsContract, (call) => listSheets(context, call)),
    endpoint(createSheetContract, (call) => createSheet(context, call)),
    endpoint(listFieldsContract, (call) => listFields(context, call)),
    endpoint(createFieldContract, (call) => createField(context, call)),
    endpoint(listRecordsContract, (call) => listRecords(context, call)),
    endpoint(getRecordContract, (call) => getRecord(context, call)),
    endpoint(findChangedRecordsContract, (call) => findChangedRecords(context, call)),
    endpoint(createAccessTokenContract, (call) => createAccessToken(context, call)),
  ];
}
