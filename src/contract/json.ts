import { randomBytes } from "node:crypto";
import type { JsonValue } from "../core/json.js";
import { writeExactly } from "./exact-json.js";
import { isDeeperThan } from "./json-depth.js";
import { countOpened, endOfString, explainSyntax, nestsDeeperThan } from "./json-text.js";
import { shorten } from "./shorten.js";

/** The text is no JSON, or holds a number that no double can hold. The message never quotes the text. */
export class JsonSyntaxError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "JsonSyntaxError";
  }
}

/** How deep a text may nest. Values that are stored nest less: their own rule names record and field. */
const deepest = 2000;

/** So many brackets are parsed in no time, however they nest; ten million take `JSON.parse` many seconds. */
const mostUnseen = 100_000;

/** Cheap and sometimes wrong: then only time is lost. */
const mayLoseDigits = /(?:^|[:,[\s-])\d{16}|[eE]\+?\d{3}/;
const numberToken = /-?\d[\d.eE+-]*/g;
const longInteger = /^-?[1-9]\d{15,}$/;

/** No client can guess it, so no string of a client can pass for a number. */
const tag = randomBytes(12).toString("hex");

/**
 * Reads one JSON value. Integers beyond 2^53 - 1 become bigints; of a repeated key the last one stays; `__proto__` is a plain key.
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): JsonValue {
  const opened = countOpened(text, mostUnseen);
  if (opened > mostUnseen && nestsDeeperThan(text, deepest)) throw tooDeep();
  const value = mayLoseDigits.test(text) ? parseTagged(text) : parseNative(text);
  // The value is looked at faster than the text.
  if (opened > deepest && opened <= mostUnseen && isDeeperThan(value, deepest, opened)) throw tooDeep();
  return value;
}

function tooDeep(): JsonSyntaxError {
  return new JsonSyntaxError(`the text nests deeper than ${deepest} levels`);
}

function parseTagged(text: string): JsonValue {
  const tagged = tagIntegers(text);
  let root: JsonValue;
  try {
    root = JSON.parse(tagged) as JsonValue;
  } catch {
    // Tags make nothing wrong that was right: what is said about the text as sent has its own positions.
    return parseNative(text);
  }
  return restoreIntegers(root);
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** @throws JsonSyntaxError also when the bytes are not UTF-8. */
export function parseJsonBytes(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch (cause) {
    throw new JsonSyntaxError("the body is not valid UTF-8", { cause });
  }
  return parseJson(text);
}

function parseNative(text: string): JsonValue {
  try {
    // JSON.parse answers nothing but JSON values.
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new JsonSyntaxError(cause instanceof SyntaxError ? explainSyntax(cause.message, text) : "the text is nested too deeply", { cause });
  }
}

/** Writes long integers outside strings as tagged strings, which JSON.parse carries unharmed. */
function tagIntegers(text: string): string {
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const quote = text.indexOf('"', start);
    const end = quote === -1 ? text.length : quote;
    parts.push(text.slice(start, end).replace(numberToken, tagNumber));
    if (quote === -1) break;
    start = endOfString(text, quote);
    parts.push(text.slice(quote, start));
  }
  return parts.join("");
}

function tagNumber(token: string): string {
  if (Math.abs(Number(token)) === Infinity) {
    throw new JsonSyntaxError(`the number ${shorten(token, 20)} is out of range`);
  }
  return longInteger.test(token) ? `"${tag}${token}"` : token;
}

type Container = JsonValue[] | Record<string, JsonValue>;

function restoreIntegers(root: JsonValue): JsonValue {
  const holder: JsonValue[] = [root];
  const open: Container[] = [holder];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    // The tree was just built by JSON.parse and nobody else has seen it, so it may be changed in place.
    if (Array.isArray(container)) restoreElements(container, open);
    else restoreMembers(container, open);
  }
  return holder[0] ?? null;
}

/** By index: a list of numbers is long, and `entries` would make a text of each index. */
function restoreElements(list: JsonValue[], open: Container[]): void {
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index];
    if (typeof value === "object" && value !== null) open.push(value as Container);
    else if (isTagged(value)) list[index] = toInteger(value.slice(tag.length));
  }
}

function restoreMembers(object: Record<string, JsonValue>, open: Container[]): void {
  for (const [key, value] of Object.entries(object)) {
    if (isTagged(key)) throw new JsonSyntaxError(`the number ${key.slice(tag.length)} stands where a key belongs`);
    if (typeof value === "object" && value !== null) open.push(value as Container);
    else if (isTagged(value)) setOwn(object, key, toInteger(value.slice(tag.length)));
  }
}

function isTagged(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value.startsWith(tag);
}

/** An assignment to `__proto__` would set the prototype. */
function setOwn(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}

/** An integer literal as a JSON value: a number where a double holds it exactly, else a bigint. */
export function toInteger(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}

/** Cheap and sometimes wrong, as above: `JSON.stringify` writes a float of 2^53 or more like an integer. */
const mayLookExact = /(?:^|[:,[-])\d{16}/;

/** Compact JSON, however deep. Bigints are written with all their digits; floats are never written like integers beyond 2^53. */
export function stringifyJson(value: JsonValue): string {
  try {
    const text = JSON.stringify(value);
    return mayLookExact.test(text) ? writeExactly(value) : text;
  } catch (error) {
    // A bigint, or more levels than the stack has room for.
    if (error instanceof TypeError || error instanceof RangeError) return writeExactly(value);
    throw error;
  }
}

/** A value as the contracts' messages show it: strings as they are, everything else as compact JSON. */
export function showValue(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : stringifyJson(value ?? null);
}
