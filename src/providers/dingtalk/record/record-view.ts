import type { Collection } from "../../../core/collection.js";
import type { JsonObject } from "../../../json/value.js";
import type { StoredRecord } from "../../../core/record.js";
import { sheets } from "../sheet/sheets.js";

/** Member that stores the operator who inserted a record. No field has an id with `$`. */
export const operatorMember = "$createdBy";

/** A record in the read form of the contract. @param isWanted whether the field of that name is answered */
export function showRecord(
  collection: Collection,
  record: StoredRecord,
  isWanted: (name: string) => boolean,
): JsonObject {
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
