import { nestsTooDeeply } from "../../../json/depth.js";
import { roundedIn } from "../../../json/rounded.js";
import { maxDepth } from "../../../json/storable.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../json/value.js";

/** The fields of a record in either of its documented forms: `{"values": {…}}`, or the fields themselves. */
export function unwrap(record: JsonObject): JsonObject {
  const { values } = record;
  return isJsonObject(values) && Object.keys(record).length === 1 ? values : record;
}

export function wrap(values: JsonObject): JsonObject {
  return { values };
}

/**
 * The row in the form that its task stores. A value that nests too deeply for the database is replaced by one that
 * nests one level deeper than the row check allows, so that the check refuses it. A number that its double would round
 * becomes the text that was sent, which the row check reads as a number.
 */
export function toStorableRow(row: JsonObject): JsonObject {
  const entries = Object.entries(row);
  const rounded = roundedIn(row);
  if (rounded === undefined && !entries.some(([, value]) => nestsTooDeeply(value))) return row;
  // `fromEntries` instead of assignments: `__proto__` is a plain key.
  return Object.fromEntries(
    entries.map(([key, value]) => [key, rounded?.get(key) ?? (nestsTooDeeply(value) ? tooDeepValue : value)]),
  );
}

const tooDeepValue = Array.from({ length: maxDepth + 1 }).reduce<JsonValue>((inner) => [inner], null);
