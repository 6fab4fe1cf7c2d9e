import { Buffer } from "node:buffer";
import { isJsonArray, type JsonObject, type JsonValue } from "./value.js";
import { isContainer, writeNumber } from "./write-exactly.js";

/** Size of the value as compact JSON in UTF-8, in bytes, counted without building the text; any depth. */
export function compactJsonBytes(root: JsonValue): number {
  const open: (readonly JsonValue[] | JsonObject)[] = [];
  let bytes = 0;
  const count = (value: JsonValue): void => {
    if (isContainer(value)) open.push(value);
    else bytes += scalarBytes(value);
  };
  count(root);
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    if (isJsonArray(container)) {
      bytes += bracketsAndCommas(container.length);
      for (const element of container) count(element);
    } else {
      const keys = Object.keys(container);
      bytes += bracketsAndCommas(keys.length);
      for (const key of keys) {
        bytes += stringBytes(key) + 1;
        count(container[key] ?? null);
      }
    }
  }
  return bytes;
}

function bracketsAndCommas(members: number): number {
  return 2 + Math.max(0, members - 1);
}

function scalarBytes(value: null | boolean | number | bigint | string): number {
  if (typeof value === "string") return stringBytes(value);
  return typeof value === "number" ? writeNumber(value).length : String(value).length;
}

const needsEscape = /["\\\u0000-\u001f\ud800-\udfff]/;

function stringBytes(text: string): number {
  // Surrogate pairs need no escape, but only the encoder distinguishes them from lone surrogates.
  return needsEscape.test(text) ? Buffer.byteLength(JSON.stringify(text)) : Buffer.byteLength(text) + 2;
}
