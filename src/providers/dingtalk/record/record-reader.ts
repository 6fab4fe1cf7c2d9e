import { showValue } from "../../../json/stringify.js";
import { nestsTooDeeply } from "../../../json/depth.js";
import { roundedIn } from "../../../json/rounded.js";
import { quoteText } from "../../../json/quote.js";
import { explainUnstorable } from "../../../json/storable.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import { dingtalkFailures } from "../failures.js";
import { isWhole, isWritable, readers } from "../values/field-types.js";
import type { NewChoices } from "./new-choices.js";
import type { Field, Sheet } from "../sheet/sheet.js";

/** A key of a record as it was sent, for whatever is wrong with it. */
interface Place {
  readonly recordIndex: number;
  readonly key: string;
}

/** The records as they are kept: values in their read form by the id of the field. @throws Refusal at the first key or value that is wrong */
export function readRecords(sheet: Sheet, records: readonly JsonObject[], choices: NewChoices): readonly JsonObject[] {
  return records.map((record, recordIndex) => {
    const values = new Map<string, JsonValue>();
    const seen = new Set<Field>();
    const rounded = roundedIn(record);
    for (const [key, value] of Object.entries(record)) {
      const place = { recordIndex, key };
      const field = sheet.byName.get(key) ?? sheet.byId.get(key);
      if (field === undefined) throw refuse(place, "unknown-field", `the field '${quoteText(key)}' does not exist`);
      if (seen.has(field)) throw refuse(place, "unique", `the field '${quoteText(key)}' is given twice, by its name and by its id`);
      seen.add(field);
      const written = isWhole(field.type) ? rounded?.get(key) : undefined;
      if (written !== undefined) throw refuse(place, field.type, sayInvalid(written, place));
      const read = readField(field, value, { place, choices });
      if (read !== null) values.set(field.id, read);
    }
    return Object.fromEntries(values);
  });
}

/** Null leaves the cell empty. */
function readField(field: Field, value: JsonValue, { place, choices }: { readonly place: Place; readonly choices: NewChoices }): JsonValue {
  if (!isWritable(field.type)) throw refuse(place, "read-only", `the field '${quoteText(place.key)}' is read-only, as every ${field.type} is`);
  if (value === null) return null;
  if (nestsTooDeeply(value)) throw refuse(place, "depth", `${sayInvalid(value, place)}: it ${explainUnstorable("depth")}`);
  const read = readers[field.type](value, choices.of(field));
  if (read === undefined) throw refuse(place, field.type, sayInvalid(value, place));
  return read;
}

function sayInvalid(value: JsonValue, { key }: Place): string {
  return `the value '${quoteText(showValue(value))}' is invalid for field '${quoteText(key)}'`;
}

function refuse({ recordIndex, key }: Place, rule: string, message: string) {
  return dingtalkFailures.refuse("arguments-invalid", { problem: message }, [{ recordIndex, field: quoteText(key), rule, message }]);
}
