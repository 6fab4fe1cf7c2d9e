import { isRoundedToWhole, wholeDigits } from "../../../json/number-text.js";
import type { JsonValue } from "../../../json/value.js";

const numberText = /^(-?)0*([1-9]\d*|0)(?:\.(\d+))?(?:[eE][+-]?\d+)?$/;

/**
 * Converts a number, or a text that spells one, to plain decimal text: a whole number with every digit, any other as
 * the shortest decimal of the same double. Undefined for anything else and for numbers outside the range of a double.
 */
export function toDecimalText(value: JsonValue): string | undefined {
  if (typeof value === "bigint") return toDecimalText(value.toString());
  if (typeof value === "number") return writeOut(value);
  if (typeof value !== "string") return undefined;
  const [, sign = "", digits, fraction = ""] = numberText.exec(value) ?? [];
  const number = Number(value);
  if (digits === undefined || !Number.isFinite(number)) return undefined;
  const isInteger = /^0*$/.test(fraction) && !/e/i.test(value);
  if (!isInteger) return wholeDigits(withoutZeros(value)) ?? writeOut(number);
  return digits === "0" ? "0" : sign + digits;
}

/** Removes leading zeros, which a text may have and JSON does not allow. */
function withoutZeros(text: string): string {
  return text.replace(/^(-?)0+(?=\d)/, "$1");
}

/** Expands the exponent that JavaScript writes for very large and very small numbers. */
function writeOut(number: number): string {
  const text = String(number);
  const [, sign = "", first, rest = "", exponentText] = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text) ?? [];
  if (first === undefined) return text;
  const digits = first + rest;
  const exponent = Number(exponentText);
  return exponent < 0 ? `${sign}0.${"0".repeat(-exponent - 1)}${digits}` : sign + digits.padEnd(exponent + 1, "0");
}

/** Reads a rating: a whole number from 0. */
export function toCountText(value: JsonValue): string | undefined {
  if (typeof value === "string" && isRoundedToWhole(withoutZeros(value))) return undefined;
  const text = toDecimalText(value);
  return text !== undefined && /^\d+$/.test(text) ? text : undefined;
}
