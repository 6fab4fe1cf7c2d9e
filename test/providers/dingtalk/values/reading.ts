import { RefusalError, type RefusalDetails } from "../../../../src/contract/failures/failure-row.js";
import type { JsonObject, JsonValue } from "../../../../src/json/value.js";
import { randomIds } from "../../../../src/host/system.js";
import { dingtalk } from "../../../../src/providers/dingtalk/index.js";
import { NewChoices } from "../../../../src/providers/dingtalk/record/new-choices.js";
import { readSheetRecords } from "../../../../src/providers/dingtalk/record/record-reader.js";
import { readSheet, type Sheet } from "../../../../src/providers/dingtalk/sheet/sheet.js";

/** A sheet with a field `x` of the type, whose id is `xId`. */
export function sheetWith(type: string, property?: JsonObject): Sheet {
  const field = { id: "xId", name: "x", type, ...(property && { property }) };
  const { definition, toCollection } = dingtalk.collections;
  return readSheet(
    toCollection(definition.parse({ operators: {}, sheets: [{ name: "s", fields: [field] }] }), randomIds).definition,
  );
}

/** The stored value of `x`; undefined for an empty cell. @throws RefusalError */
export function readValue(sheet: Sheet, value: JsonValue): JsonValue | undefined {
  return readX(sheet, { x: value });
}

/** The stored value of `x` in a record as parsed, which knows the digits of rounded numbers. @throws RefusalError */
export function readX(sheet: Sheet, record: JsonObject): JsonValue | undefined {
  return readSheetRecords(sheet, [record], new NewChoices())[0]?.["xId"];
}

/** The refusal of the records; undefined when they are accepted. */
export function refusalOf(sheet: Sheet, records: readonly JsonObject[]): RefusalDetails | undefined {
  try {
    readSheetRecords(sheet, records, new NewChoices());
    return undefined;
  } catch (error) {
    if (error instanceof RefusalError) return error.details;
    throw error;
  }
}
