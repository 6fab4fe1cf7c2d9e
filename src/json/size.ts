import { Buffer } from "node:buffer";
import { isJsonArray, type JsonContainer, type JsonObject, type JsonValue } from "./value.js";
import { isContainer, writeNumber } from "./write-exactly.js";

/** Size of the value as compact JSON in UTF-8, in bytes, counted without building the text; any depth. */
export function compactJsonBytes(root: JsonValue): number {
  const open: JsonContainer[] = [];
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

/** `-9.2233720368547758080e+18`, see `writeNumber`: the longest text of a value without a length of its own. */
const longestNumber = 26;
/** A character of UTF-16 as an escape, such as `\u0000`. */
const longestCharacter = 6;

/**
 * Whether the compact JSON of the value has certainly no more than `most` bytes. Every value and every character counts
 * with its longest text: to see that a value is far below a limit takes a tenth of the time of `compactJsonBytes`.
 */
export function isCertainlyWithin(root: JsonValue, most: number): boolean {
  const open: JsonContainer[] = [];
  let left = most - longestNumber - longestBeyondNumber(root);
  let container = isContainer(root) ? root : undefined;
  while (container !== undefined && left >= 0) {
    left -= isJsonArray(container) ? longestElements(container, open) : longestMembers(container, open);
    container = open.pop();
  }
  return left >= 0;
}

/** @param open takes the elements that are containers */
function longestElements(list: readonly JsonValue[], open: JsonContainer[]): number {
  let bytes = list.length * (longestNumber + 1);
  for (const element of list) {
    // Lists of numbers are long: their elements need no more than this look.
    if (typeof element === "number") continue;
    if (isContainer(element)) open.push(element);
    else bytes += longestBeyondNumber(element);
  }
  return bytes;
}

/** @param open takes the members that are objects */
function longestMembers(object: JsonObject, open: JsonContainer[]): number {
  let bytes = 0;
  for (const key in object) {
    const value = object[key] ?? null;
    bytes += longestNumber + 1 + key.length * longestCharacter + 3;
    if (isJsonArray(value)) bytes += longestElements(value, open);
    else if (isContainer(value)) open.push(value);
    else bytes += longestBeyondNumber(value);
  }
  return bytes;
}

function longestBeyondNumber(value: JsonValue): number {
  if (typeof value === "string") return value.length * longestCharacter;
  return typeof value === "bigint" ? value.toString().length : 0;
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
