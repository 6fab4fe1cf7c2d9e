import { toDigits, toPlainDecimal } from "../../../json/number-text.js";
import type { JsonValue } from "../../../json/value.js";

/**
 * Converts a number, or a text that spells one, to plain decimal text: a double as its shortest decimal, all others with
 * every digit. Undefined for anything else and for numbers outside the range of a double.
 */
export function toDecimalText(value: JsonValue): string | undefined {
  if (typeof value === "string") return toPlainDecimal(value);
  return typeof value === "number" || typeof value === "bigint" ? toPlainDecimal(toDigits(value)) : undefined;
}

/** Reads a rating: a whole number from 0. */
export function toCountText(value: JsonValue): string | undefined {
  const text = toDecimalText(value);
  return text !== undefined && /^\d+$/.test(text) ? text : undefined;
}
