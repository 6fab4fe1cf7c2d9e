import { holdsDigitRun } from "./digit-run.js";
import type { JsonValue } from "./value.js";
import { shortestLossy } from "./number-text.js";
import { holdsRounded, roundedIn } from "./rounded.js";
import { writeExactly } from "./write-exactly.js";

/** `JSON.stringify` writes a float of 2^53 or more like an integer. */
const longInteger = new RegExp(String.raw`(?:^|[:,[-])\d{${shortestLossy}}`);

/**
 * Compact JSON, however deep. Bigints are written with all their digits; floats are never written like integers beyond
 * 2^53.
 */
export function stringifyJson(value: JsonValue): string {
  try {
    const text = JSON.stringify(value);
    return mayLookExact(text) ? writeExactly(value) : text;
  } catch (error) {
    // A bigint, or more levels than the stack holds.
    if (error instanceof TypeError || error instanceof RangeError) return writeExactly(value);
    throw error;
  }
}

/** A false positive costs time only. */
function mayLookExact(text: string): boolean {
  return holdsDigitRun(text, shortestLossy) && longInteger.test(text);
}

/** Compact JSON for another judge: numbers that were rounded are written as sent. */
export function stringifyAsSent(value: JsonValue): string {
  return holdsRounded(value) ? writeExactly(value, roundedIn) : stringifyJson(value);
}

/** A value in the form of the contracts' messages: strings as they are, everything else as compact JSON. */
export function showValue(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : stringifyJson(value ?? null);
}
