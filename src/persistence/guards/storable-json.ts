import { stringifyJson } from "../../json/stringify.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { findUnstorable, findUnstorableText, UnstorableValueError } from "../../json/storable.js";

/** Compact JSON that PostgreSQL can store. @throws UnstorableValueError */
export function stringifyStorable(value: JsonValue): string {
  const text = stringifyJson(value);
  if (mayBeUnstorable(text)) checkStorableJson(value);
  return text;
}

/**
 * One record per line: compact JSON contains no line break.
 * @param lines the records as compact JSON
 * @param firstIndex the index of the first record
 * @throws UnstorableValueError
 */
export function joinStorableLines(
  lines: readonly string[],
  records: readonly { readonly fields: JsonObject }[],
  firstIndex: number,
): string {
  const text = lines.join("\n");
  if (mayBeUnstorable(text))
    for (const [index, { fields }] of records.entries()) checkStorableJson(fields, firstIndex + index);
  return text;
}

const escapedNul = String.raw`\u0000`;
const escapedSurrogate = String.raw`\ud`;

/**
 * A cheap test that may report too much: the escapes of U+0000 and lone surrogates may follow a backslash that is
 * itself escaped. It never misses one.
 */
function mayBeUnstorable(jsonText: string): boolean {
  return jsonText.includes(escapedNul) || jsonText.includes(escapedSurrogate);
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

/**
 * The keys of records as a JSON array, for a write.
 * @param firstIndex the index of the first record
 * @throws UnstorableValueError with the index of the record
 */
export function toStorableKeys(keys: readonly (string | null)[], firstIndex: number): string {
  const text = JSON.stringify(keys);
  if (!mayBeUnstorable(text)) return text;
  for (const [index, key] of keys.entries()) {
    const reason = findUnstorableText(key ?? "");
    if (reason !== undefined) throw new UnstorableValueError({ reason, recordIndex: firstIndex + index });
  }
  return text;
}

/** The keys of a look-up as a JSON array. Unstorable keys are left out: no record has them. */
export function toFindableKeys(keys: readonly string[]): string {
  const text = JSON.stringify(keys);
  return mayBeUnstorable(text) ? JSON.stringify(keys.filter(isStorableText)) : text;
}

export function isStorableText(text: string): boolean {
  return findUnstorableText(text) === undefined;
}
