import { stringifyJson } from "../../json/stringify.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { findUnstorable, findUnstorableText, UnstorableValueError } from "../../json/storable.js";

/** Compact JSON of what PostgreSQL can keep. @throws UnstorableValueError */
export function stringifyStorable(value: JsonValue): string {
  const text = stringifyJson(value);
  if (mayBeUnstorable(text)) checkStorableJson(value);
  return text;
}

/** One record a line, since JSON text has no line break. @throws UnstorableValueError */
export function stringifyStorableLines(records: readonly JsonObject[]): string {
  const text = records.map((record) => stringifyJson(record)).join("\n");
  if (mayBeUnstorable(text)) records.forEach(checkStorableJson);
  return text;
}

/**
 * Cheap, and sometimes wrong: the escapes by which JSON text has U+0000 and lone surrogates may follow a backslash
 * that is escaped itself.
 */
function mayBeUnstorable(jsonText: string): boolean {
  return jsonText.includes(String.raw`\u0000`) || jsonText.includes(String.raw`\ud`);
}

function checkStorableJson(value: JsonValue, recordIndex?: number): void {
  if (!isJsonObject(value)) {
    const reason = findUnstorable(value);
    if (reason !== undefined) throw new UnstorableValueError({ reason, recordIndex });
    return;
  }
  for (const [field, member] of Object.entries(value)) {
    const reason = findUnstorableText(field) ?? findUnstorable(member);
    if (reason !== undefined) throw new UnstorableValueError({ reason, recordIndex, field });
  }
}

/** The keys of records as the text of a JSON array: a key may hold anything else. @throws UnstorableValueError */
export function toStorableKeys(keys: readonly (string | null)[]): string {
  const text = JSON.stringify(keys);
  if (!mayBeUnstorable(text)) return text;
  for (const [recordIndex, key] of keys.entries()) {
    const reason = findUnstorableText(key ?? "");
    if (reason !== undefined) throw new UnstorableValueError({ reason, recordIndex });
  }
  return text;
}

/** The keys of a look-up as the text of a JSON array, without those that nothing has since they cannot be stored. */
export function toFindableKeys(keys: readonly string[]): string {
  const text = JSON.stringify(keys);
  return mayBeUnstorable(text) ? JSON.stringify(keys.filter(isStorableText)) : text;
}

export function isStorableText(text: string): boolean {
  return findUnstorableText(text) === undefined;
}
