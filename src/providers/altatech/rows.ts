import { maxDepth } from "../../contract/storable.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../core/json.js";

/** The fields of a record, whichever of its two documented shapes it has: `{"values": {…}}` or the fields themselves. */
export function unwrap(record: JsonObject): JsonObject {
  const { values } = record;
  return isJsonObject(values) && Object.keys(record).length === 1 ? values : record;
}

export function wrap(values: JsonObject): JsonObject {
  return { values };
}

/** The row as its task keeps it: nested values, which no type takes, end one level below the deepest that could be stored. */
export function toStorableRow(row: JsonObject): JsonObject {
  const isNested = Object.values(row).some((value) => typeof value === "object" && value !== null);
  return isNested ? cutMembers(row, maxDepth + 2) : row;
}

/** Without what nests too deeply to be written without the stack running out. */
export function cutNesting(value: JsonValue, levels: number = maxDepth + 1): JsonValue {
  if (isJsonArray(value)) return levels === 0 ? null : value.map((element) => cutNesting(element, levels - 1));
  if (isJsonObject(value)) return levels === 0 ? null : cutMembers(value, levels);
  return value;
}

/** `fromEntries`, not assignments: `__proto__` is a plain key. */
function cutMembers(object: JsonObject, levels: number): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, cutNesting(member, levels - 1)]));
}
