import { showValue } from "../../../json/stringify.js";
import { nestsTooDeeply } from "../../../json/depth.js";
import { roundedIn } from "../../../json/rounded.js";
import { quoteText } from "../../../json/quote.js";
import { explainUnstorable } from "../../../json/storable.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../json/value.js";
import { dingtalkFailures } from "../failures.js";
import { isNumeric, isWritable, sheetFieldReaders, type WritableType } from "../values/field-types.js";
import type { NewChoices } from "./new-choices.js";
import type { SheetField, Sheet } from "../sheet/sheet.js";

/** A key of a record as sent, for refusals. */
interface ValuePlace {
  readonly recordIndex: number;
  readonly key: string;
}

/**
 * Converts records to their stored form: values in their read form by the id of the field.
 * @throws RefusalError at the first wrong key or value
 */
export function readSheetRecords(
  sheet: Sheet,
  records: readonly JsonObject[],
  choices: NewChoices,
): readonly JsonObject[] {
  return records.map((record, recordIndex) => {
    const values = new Map<string, JsonValue>();
    const seen = new Set<SheetField>();
    const rounded = roundedIn(record);
    for (const [key, value] of Object.entries(record)) {
      const place = { recordIndex, key };
      const field = sheet.byName.get(key) ?? sheet.byId.get(key);
      if (field === undefined)
        throw refuseValue(place, "unknown-field", `the field '${quoteText(key)}' does not exist`);
      if (seen.has(field))
        throw refuseValue(place, "unique", `the field '${quoteText(key)}' is given twice, by its name and by its id`);
      seen.add(field);
      const written = isNumeric(field.type) ? rounded?.get(key) : undefined;
      const read = readSheetValue(field, written ?? value, { place, choices });
      if (read !== null) values.set(field.id, read);
    }
    return Object.fromEntries(values);
  });
}

/** Null empties the cell. */
function readSheetValue(
  field: SheetField,
  value: JsonValue,
  { place, choices }: { readonly place: ValuePlace; readonly choices: NewChoices },
): JsonValue {
  if (!isWritable(field.type))
    throw refuseValue(
      place,
      "read-only",
      `the field '${quoteText(place.key)}' is read-only, as every ${field.type} is`,
    );
  if (value === null) return null;
  if (nestsTooDeeply(value))
    throw refuseValue(place, "depth", `${invalidValueMessage(value, place)}: it ${explainUnstorable("depth")}`);
  const read = sheetFieldReaders[field.type](value, choices.of(field));
  if (read === undefined) throw refuseValue(place, field.type, invalidValueMessage(value, place));
  if (field.property["multiple"] === false && holdsSeveral(field.type, read))
    throw refuseValue(place, "multiple", `${invalidValueMessage(value, place)}: the field holds one`);
  return read;
}

/** Whether the value of a field with the property `multiple` has several elements. */
function holdsSeveral(type: WritableType, read: JsonValue): boolean {
  if (!typesWithMultiple.has(type)) return false;
  const elements = isJsonObject(read) ? read["linkedRecordIds"] : read;
  return isJsonArray(elements) && elements.length > 1;
}

const typesWithMultiple: ReadonlySet<WritableType> = new Set([
  "user",
  "department",
  "unidirectionalLink",
  "bidirectionalLink",
]);

function invalidValueMessage(value: JsonValue, { key }: ValuePlace): string {
  return `the value '${quoteText(showValue(value))}' is invalid for field '${quoteText(key)}'`;
}

function refuseValue({ recordIndex, key }: ValuePlace, rule: string, message: string) {
  return dingtalkFailures.refuse("arguments-invalid", { problem: message }, [
    { recordIndex, field: quoteText(key), rule, message },
  ]);
}
