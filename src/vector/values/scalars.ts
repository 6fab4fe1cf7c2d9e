import type { JsonValue } from "../../json/value.js";
import { int64Range } from "../../json/int64.js";
import { toInteger } from "../../json/number-text.js";
import type { ScalarType } from "../definition/definition.js";
import { fitsFloat32, toShortestFloat32 } from "./float32.js";

export type IntegerType = "Int8" | "Int16" | "Int32" | "Int64";

/** Both ends included. */
export const integerRanges = {
  Int8: { min: -128n, max: 127n },
  Int16: { min: -32768n, max: 32767n },
  Int32: { min: -2147483648n, max: 2147483647n },
  Int64: int64Range,
} as const satisfies Record<IntegerType, { min: bigint; max: bigint }>;

export function isIntegerType(type: ScalarType): type is IntegerType {
  return type in integerRanges;
}

export function rangeText(type: IntegerType): string {
  const { min, max } = integerRanges[type];
  return `[${min}, ${max}]`;
}

/** Whether the integer is outside both the signed and the unsigned 64-bit range. */
export function isBeyond64Bits(integer: bigint): boolean {
  return integer < integerRanges.Int64.min || integer > 18446744073709551615n;
}

/** Converts a sent value into one of the type; undefined if it cannot. Text may denote NaN and the infinities. */
export type ParseScalar = (value: JsonValue) => JsonValue | undefined;

export function parseIntegerIn(type: IntegerType): (value: JsonValue) => number | bigint | undefined {
  const { min, max } = integerRanges[type];
  const lowest = Math.max(Number(min), Number.MIN_SAFE_INTEGER);
  const highest = Math.min(Number(max), Number.MAX_SAFE_INTEGER);
  return (value) => {
    // Adding 0 turns -0 into 0.
    if (typeof value === "number" && Number.isInteger(value) && value >= lowest && value <= highest) return value + 0;
    const whole = toWhole(value);
    return whole === undefined || whole < min || whole > max ? undefined : toInteger(String(whole));
  };
}

/** Any whole number, or base-10 text of one. A text too long for every range is truncated: it stays out of range. */
export function toWhole(value: JsonValue): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return Number.isInteger(value) ? BigInt(value) : undefined;
  if (typeof value !== "string" || !/^[+-]?\d+$/.test(value)) return undefined;
  const digits = value.replace(/^[+-]?0*(?=\d)/, "").slice(0, 20);
  return value.startsWith("-") ? -BigInt(digits) : BigInt(digits);
}

const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const notFinite = /^(?:nan|[+-]?inf(?:inity)?)$/i;

/** NaN for a text that denotes NaN or an infinity; undefined for a value that is neither a number nor the text of one. */
function parseNumber(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return undefined;
  if (notFinite.test(value)) return Number.NaN;
  return decimal.test(value) ? Number(value) : undefined;
}

export function parseDouble(value: JsonValue): number | undefined {
  const number = parseNumber(value);
  return number !== undefined && Math.abs(number) === Infinity ? undefined : number;
}

/** The number, rounded to float32. */
export function parseFloat32(value: JsonValue): number | undefined {
  const number = parseNumber(value);
  if (number === undefined || Number.isNaN(number)) return number;
  return fitsFloat32(number) ? toShortestFloat32(number) : undefined;
}

const trueWords: ReadonlySet<JsonValue> = new Set<JsonValue>([true, 1, "1", "t", "T", "true", "True", "TRUE"]);
const falseWords: ReadonlySet<JsonValue> = new Set<JsonValue>([false, 0, "0", "f", "F", "false", "False", "FALSE"]);

export function parseBool(value: JsonValue): boolean | undefined {
  if (trueWords.has(value)) return true;
  return falseWords.has(value) ? false : undefined;
}
