import { endpoint, type Endpoint } from "../../contract/service.js";
import { issueAccessToken } from "./base/access-token.js";
import { insertRecords } from "./contract.js";
import * as fields from "./sheet/field-service.js";
import { insert } from "./record/insert.js";
import * as recordContracts from "./record/record-contracts.js";
import * as records from "./record/record-service.js";
import type { Context } from "./service-context.js";
import * as sheetContracts from "./sheet/sheet-contracts.js";
import * as sheets from "./sheet/sheet-service.js";
import { createAccessToken } from "./base/token-contract.js";

export function createService(context: Context): readonly Endpoint[] {
  return [
    endpoint(insertRecords, (call) => insert(context, call)),
    endpoint(sheetContracts.listSheets, (call) => sheets.listSheets(context, call)),
    endpoint(sheetContracts.createSheet, (call) => sheets.createSheet(context, call)),
    endpoint(sheetContracts.listFields, (call) => fields.listFields(context, call)),
    endpoint(sheetContracts.createField, (call) => fields.createField(context, call)),
    endpoint(recordContracts.listRecords, (call) => records.listRecords(context, call)),
    endpoint(recordContracts.getRecord, (call) => records.getRecord(context, call)),
    endpoint(recordContracts.findChangedRecords, (call) => records.queryChangedRecords(context, call)),
    endpoint(createAccessToken, (call) => issueAccessToken(context, call)),
  ];
}
