import type { Collection } from "../../../core/collection.js";
import type { JsonObject } from "../../../json/value.js";
import type { StoredRecord } from "../../../core/record.js";
import { sheets } from "../sheet/sheets.js";

/** Keeps who inserted a record. No field has such an id. */
export const operatorMember = "$createdBy";

/** A record as the contract answers it. @param isWanted tells the names of the fields to be shown */
export function showRecord(collection: Collection, record: StoredRecord, isWanted: (name: string) => boolean): JsonObject {
  const inserted = record.insertedAt.getTime();
  const operator = { unionId: record.fields[operatorMember] ?? "" };
  return {
    id: record.key ?? "",
    fields: Object.fromEntries(Object.entries(sheets.toFields(collection, record)).filter(([name]) => isWanted(name))),
    createdBy: operator,
    lastModifiedBy: operator,
    createdTime: inserted,
    lastModifiedTime: inserted,
  };
}
