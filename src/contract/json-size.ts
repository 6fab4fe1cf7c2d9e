import { Buffer } from "node:buffer";
import { isJsonArray, isJsonObject, type JsonValue } from "../core/json.js";

/** Bytes of the value as compact JSON in UTF-8, counted without building the text. */
export function compactJsonBytes(value: JsonValue): number {
  if (typeof value === "string") return stringBytes(value);
  if (isJsonArray(value)) {
    let bytes = 2 + Math.max(0, value.length - 1);
    for (const element of value) bytes += compactJsonBytes(element);
    return bytes;
  }
  if (isJsonObject(value)) {
    const keys = Object.keys(value);
    let bytes = 2 + Math.max(0, keys.length - 1);
    for (const key of keys) bytes += stringBytes(key) + 1 + compactJsonBytes(value[key] ?? null);
    return bytes;
  }
  return String(value).length;
}

const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

function stringBytes(text: string): number {
  // Surrogate pairs need no escape, but only the encoder can tell them from lone ones.
  return needsEscape.test(text) ? Buffer.byteLength(JSON.stringify(text)) : Buffer.byteLength(text) + 2;
}
