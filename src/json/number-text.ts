/** Judges numbers by their written digits, in the syntax of JSON; doubles serve for comparison only. */

import { holdsDigitRun } from "./digit-run.js";

const form = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** 9 or more digits before the point. */
const longBefore = String.raw`[:,[\s]-?\d{9}(?:\d{7}|\d{0,6}\.(?=[09])(?:${[9, 10, 11, 12, 13, 14, 15].map(nearlyWhole).join("|")}))`;
/**
 * Fewer digits before the point. With one to four of them at least 12 zeros or nines follow the point, as in
 * `1.0000000000000000001`; with five to eight of them at least 8 and one more digit, as in `12345.000000000001`.
 */
const shortBefore = String.raw`\.(?:0{8}|9{8})(?:0{4}|9{4}|(?<=\d{5}\.\d{8})\d)`;

function nearlyWhole(before: number): string {
  return String.raw`(?<=\d{${before}}\.)(?:0{${16 - before}}|9{${16 - before}})\d`;
}

const mantissa = String.raw`[:,[\s]-?\d[\d.]`;
const losingExponent = String.raw`[eE](?=[+\d-])(?:(?=[+-]?\d{3})(?<=${mantissa}*[eE])|(?=\+?\d)(?<=${mantissa}{8,}[eE]))`;
const suspicious = new RegExp(`${longBefore}|${shortBefore}|${losingExponent}`);

/** Every suspicious number has so many digits and points in a row, or an exponent of three digits. */
const shortestSuspicious = 9;
/** A double has all digits of a number with fewer. */
export const shortestLossy = 16;
const longExponent = /[\d.][eE][+-]?\d{3}/;

/**
 * Whether a text may hold a number that differs from its double. A false positive costs time only. Such numbers have in
 * JSON
 * - 16 or more digits before the point;
 * - n digits before the point and at least 16 - n zeros or nines behind it: a double rounds it to a whole number;
 * - a positive exponent and 9 or more digits: with fewer digits all whole numbers below 2^64 are doubles;
 * - an exponent of three digits: the number may exceed a double or be rounded to 0.
 * Only few characters may precede a number in JSON; most digits of UUIDs and hashes follow other characters.
 */
export function mayLoseDigits(text: string): boolean {
  return isSuspicious(text, holdsSuspiciousRun(text));
}

/** Whether a text may hold a number to be judged, of those that `mayLoseDigits` finds and of the long fractions. */
export function mayNeedJudging(text: string, fractions: LongFractions): boolean {
  const hasRun = holdsSuspiciousRun(text);
  // Every long fraction has such a run.
  return isSuspicious(text, hasRun) || (hasRun && mayRoundMember(text, fractions));
}

function isSuspicious(text: string, hasRun: boolean): boolean {
  if (!hasRun && !longExponent.test(text)) return false;
  // Alternatives anchored at the beginning of the text would take as long as the rest.
  return suspicious.test(/^[-\d]/.test(text) ? ` ${text}` : text);
}

function holdsSuspiciousRun(text: string): boolean {
  return holdsDigitRun(text, shortestSuspicious, isSuspiciousRun);
}

/** Plain integers are not, such as ids and times, unless they are long. */
function isSuspiciousRun(text: string, start: number, end: number): boolean {
  if (end - start >= shortestLossy || text[end] === "e" || text[end] === "E") return true;
  for (let at = start; at < end; at += 1) if (text[at] === ".") return true;
  return false;
}

/** No whole number below 2^64 has more digits. */
const maxWholeDigits = 20;

/** `digits` × 10^`exponent`. The digits neither begin nor end with a zero; they are empty for 0. */
interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: number;
}

/**
 * The digits of a whole number that differs from its double. A number written with a fraction or an exponent qualifies
 * below 2^64 only: beyond that it is a float. A plain integer qualifies whenever its double represents other integers
 * as well.
 */
export function wholeDigits(text: string): string | undefined {
  const double = Number(text);
  // The double of a whole number is whole.
  if (!Number.isInteger(double) || Number.isSafeInteger(double)) return undefined;
  const decimal = toDecimal(text);
  if (decimal === undefined || decimal.exponent < 0) return undefined;
  if (/^-?\d+$/.test(text)) return text;
  const { sign, digits, exponent } = decimal;
  if (digits.length + exponent > maxWholeDigits) return undefined;
  const whole = digits + "0".repeat(exponent);
  return BigInt(whole) >= 2n ** 64n || BigInt(sign + whole) === BigInt(double) ? undefined : sign + whole;
}

/**
 * Whether the number becomes a whole double with other digits (`toDigits`): the number is not whole, or it is written
 * with a fraction or an exponent and is 2^64 or more.
 */
export function isRoundedToWhole(text: string): boolean {
  return Number.isInteger(Number(text)) && losesDigits(text);
}

/** Whether the number becomes a double with other digits (`toDigits`). */
export function losesDigits(text: string): boolean {
  const double = Number(text);
  if (String(double) === text || wholeDigits(text) !== undefined) return false;
  const [written, read] = [toDecimal(text), toDecimal(toDigits(double))];
  return written !== undefined && read !== undefined && !isSameDecimal(written, read);
}

/** Finds and judges fractions whose doubles have other digits, in members of objects. */
export interface LongFractions {
  /** Every member with at least as many digits as matter. */
  readonly pattern: RegExp;
  readonly losesDigits: (token: string) => boolean;
}

const everyFraction: LongFractions = { pattern: fractionPattern(shortestLossy), losesDigits };

/** 17 digits are enough for any double. */
const digitsOfDoubles = 17;
/** In a large text a fraction with no more digits than a double needs counts as its double. */
export const fractionsOfLarge: LongFractions = {
  pattern: fractionPattern(digitsOfDoubles + 1),
  losesDigits: (token) => countDigits(token) > digitsOfDoubles && losesDigits(token),
};

/**
 * Clients print large tables of doubles with 17 digits; to keep them all as written takes 20 times as long as to parse.
 */
const maxLengthForEvery = 256 * 1024;

export function longFractionsOf(text: string): LongFractions {
  return text.length > maxLengthForEvery ? fractionsOfLarge : everyFraction;
}

function fractionPattern(digits: number): RegExp {
  return new RegExp(String.raw`:[ \t\n\r]*(-?(?=[\d.]{${digits + 1}})\d+\.\d+(?:[eE][+-]?\d+)?)`, "g");
}

/** Without leading zeros. */
function countDigits(token: string): number {
  return /^-?[0.]*([\d.]*)/.exec(token)?.[1]?.replace(".", "").length ?? 0;
}

/** Whether a text may hold a member with a fraction whose double has other digits. A false positive costs time only. */
function mayRoundMember(text: string, { pattern, losesDigits: isLossy }: LongFractions): boolean {
  // `matchAll` compiles the pattern anew.
  if (!holdsDigitRun(text, shortestLossy + 1) || text.search(pattern) === -1) return false;
  for (const [, token = ""] of text.matchAll(pattern)) if (isLossy(token)) return true;
  return false;
}

/** The text of a number: a whole one below 2^64 with all its digits, any other double as its shortest decimal. */
export function toDigits(number: number | bigint): string {
  // `String` writes a double of 2^53 or more with fewer digits.
  const isLarge = Number.isInteger(number) && !Number.isSafeInteger(number) && Math.abs(Number(number)) < 2 ** 64;
  return isLarge ? BigInt(number).toString() : String(number);
}

function isSameDecimal(left: Decimal, right: Decimal): boolean {
  if (left.digits === "") return right.digits === "";
  return left.digits === right.digits && left.exponent === right.exponent;
}

/** Powers of ten up to which a decimal is written out; every double of another size is 0 or infinite. */
const maxPower = 400;

/**
 * The number as plain decimal digits, without an exponent and without zeros at the ends, however it is written. Leading
 * zeros may be more than JSON allows. Undefined for another text and for a number that a double takes for 0 or infinite.
 */
export function toPlainDecimal(text: string): string | undefined {
  const decimal = toDecimal(text.replace(/^(-?)0+(?=\d)/, "$1"));
  if (decimal === undefined) return undefined;
  const { sign, digits, exponent } = decimal;
  if (digits === "") return "0";
  const power = digits.length + exponent;
  if (Math.abs(power) > maxPower || Math.abs(Number(text)) === Infinity || Number(text) === 0) return undefined;
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const padded = digits.padStart(1 - exponent, "0");
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

function toDecimal(text: string): Decimal | undefined {
  const [, sign = "", whole, fraction = "", exponent = "0"] = form.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const significant = (whole + fraction).replace(/^0+/, "");
  // A regular expression would try every run of zeros.
  let end = significant.length;
  while (significant.endsWith("0", end)) end -= 1;
  return {
    sign,
    digits: significant.slice(0, end),
    exponent: Number(exponent) - fraction.length + significant.length - end,
  };
}

/** A finite number in the syntax of JSON or GraphQL: a bigint for a whole number that no double represents. */
export function toNumber(written: string): number | bigint {
  const digits = wholeDigits(written);
  return digits === undefined ? Number(written) : BigInt(digits);
}

/** An integer literal as a JSON value: a number where a double represents it exactly, else a bigint. */
export function toInteger(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}
