import { randomBytes } from "node:crypto";
import type { JsonValue } from "./value.js";
import { isDeeperThan } from "./depth.js";
import { countOpened, endOfString, explainSyntax, nestsDeeperThan } from "./syntax.js";
import {
  fractionsOfLarge,
  isRoundedToWhole,
  type LongFractions,
  longFractionsOf,
  mayLoseDigits,
  mayNeedJudging,
  toNumber,
  wholeDigits,
} from "./number-text.js";
import { noteRounded } from "./rounded.js";
import { shorten } from "./quote.js";

/** The text is not JSON, or has a number outside the range of a double. The message never quotes the text. */
export class JsonSyntaxError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "JsonSyntaxError";
  }
}

/** The deepest nesting of a text, in levels. Stored values have a lower limit, whose error names record and field. */
export const deepest = 2000;

/** `JSON.parse` reads this many brackets in milliseconds, in any nesting; ten million take it many seconds. */
const maxUncheckedBrackets = 100_000;

/** A number, with the colon before a member of an object. */
const numberToken = /(:\s*)?(-?\d[\d.eE+-]*)/g;

/** Random, so that a client cannot send a string that reads as a tagged number. */
const tag = randomBytes(12).toString("hex");

/**
 * Reads one JSON value. Integers beyond 2^53 - 1 become bigints, below 2^64 also those that are written with a fraction
 * or an exponent and that no double represents. Another number with a double of other digits becomes that double, and
 * `roundedIn` reports it where the double is whole or the number is a member of an object. The last occurrence of a
 * repeated key wins; `__proto__` is a plain key.
 * @throws JsonSyntaxError
 */
export function parseJson(text: string): JsonValue {
  return parseJudging(text, longFractionsOf(text));
}

/** Reads a value that stands in a large text: its numbers are those that `parseJson` finds there. */
export function parsePartOfLarge(text: string): JsonValue {
  return parseJudging(text, fractionsOfLarge);
}

function parseJudging(text: string, fractions: LongFractions): JsonValue {
  const opened = countOpened(text, maxUncheckedBrackets);
  if (opened > maxUncheckedBrackets && nestsDeeperThan(text, deepest)) throw createTooDeepError();
  const isTagging = mayNeedJudging(text, fractions);
  const value = isTagging ? parseTagged(text, fractions) : parseNative(text);
  // Visiting the value is faster than scanning the text.
  if (opened > deepest && opened <= maxUncheckedBrackets && isDeeperThan(value, deepest, opened))
    throw createTooDeepError();
  return value;
}

function createTooDeepError(): JsonSyntaxError {
  return new JsonSyntaxError(`the text nests deeper than ${deepest} levels`);
}

function parseTagged(text: string, fractions: LongFractions): JsonValue {
  const tagged = tagNumbers(text, fractions);
  let root: JsonValue;
  try {
    root = JSON.parse(tagged) as JsonValue;
  } catch {
    // Tags never invalidate a valid text; the error for the text as sent has its positions.
    return parseNative(text);
  }
  return restoreNumbers(root);
}

const jsonDecoder = new TextDecoder("utf-8", { fatal: true });

/** @throws JsonSyntaxError also when the bytes are not UTF-8. */
export function parseJsonBytes(bytes: Uint8Array): JsonValue {
  let text: string;
  try {
    text = jsonDecoder.decode(bytes);
  } catch (cause) {
    throw new JsonSyntaxError("the body is not valid UTF-8", { cause });
  }
  return parseJson(text);
}

function parseNative(text: string): JsonValue {
  try {
    // JSON.parse answers JSON values only.
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new JsonSyntaxError(
      cause instanceof SyntaxError ? explainSyntax(cause.message, text) : "the text is nested too deeply",
      { cause },
    );
  }
}

/** Writes the numbers outside strings that no double represents as tagged strings, which JSON.parse keeps. */
function tagNumbers(text: string, fractions: LongFractions): string {
  const tagOne = (match: string, colon: string | undefined, token: string) => tagNumber(match, colon, token, fractions);
  const parts: string[] = [];
  let start = 0;
  while (start < text.length) {
    const quote = text.indexOf('"', start);
    const end = quote === -1 ? text.length : quote;
    const between = text.slice(start, end);
    const mayLose = mayLoseDigits(between) || between.search(fractions.pattern) !== -1;
    parts.push(mayLose ? between.replace(numberToken, tagOne) : between);
    if (quote === -1) break;
    start = endOfString(text, quote);
    parts.push(text.slice(quote, start));
  }
  return parts.join("");
}

function tagNumber(text: string, colon: string | undefined, token: string, fractions: LongFractions): string {
  const isMember = colon !== undefined;
  if (!isMember && !mayLoseDigits(token)) return text;
  if (Math.abs(Number(token)) === Infinity) {
    throw new JsonSyntaxError(`the number ${shorten(token, 20)} is out of range`);
  }
  if (wholeDigits(token) !== undefined) return `${colon ?? ""}"${tag}${exactMark}${token}"`;
  const isNoted = isRoundedToWhole(token) || (isMember && fractions.losesDigits(token));
  return isNoted ? `${colon ?? ""}"${tag}${roundedMark}${token}"` : text;
}

/** The mark of a tagged number that a bigint holds, and of one that is a double with other digits. */
const exactMark = "=";
const roundedMark = "~";

type MutableContainer = JsonValue[] | Record<string, JsonValue>;

function restoreNumbers(root: JsonValue): JsonValue {
  const holder: JsonValue[] = [root];
  const open: MutableContainer[] = [holder];
  for (let container = open.pop(); container !== undefined; container = open.pop()) {
    // JSON.parse has just built the tree and nothing else refers to it, so it may be changed in place.
    if (Array.isArray(container)) restoreElements(container, open);
    else restoreMembers(container, open);
  }
  return holder[0] ?? null;
}

/** Iterates by index: lists of numbers are long, and `Object.entries` would make a string of each index. */
function restoreElements(list: JsonValue[], open: MutableContainer[]): void {
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index];
    if (typeof value === "object" && value !== null) open.push(value as MutableContainer);
    else if (isTagged(value)) list[index] = restoreNumber(list, index, value);
  }
}

function restoreMembers(object: Record<string, JsonValue>, open: MutableContainer[]): void {
  for (const [key, value] of Object.entries(object)) {
    if (isTagged(key)) throw new JsonSyntaxError(`the number ${writtenNumber(key)} is in the place of a key`);
    if (typeof value === "object" && value !== null) open.push(value as MutableContainer);
    else if (isTagged(value)) setOwn(object, key, restoreNumber(object, key, value));
  }
}

function restoreNumber(container: MutableContainer, member: string | number, tagged: string): number | bigint {
  const written = writtenNumber(tagged);
  if (tagged.startsWith(exactMark, tag.length)) return toNumber(written);
  noteRounded(container, member, written);
  return Number(written);
}

function writtenNumber(tagged: string): string {
  return tagged.slice(tag.length + exactMark.length);
}

function isTagged(value: JsonValue | undefined): value is string {
  return typeof value === "string" && value.startsWith(tag);
}

/** An assignment to `__proto__` would set the prototype. */
function setOwn(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
