/** Judges numbers by the digits they are written with, as JSON writes them; their doubles are only compared with. */

const form = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** 9 digits and more before the point. */
const longBefore = String.raw`[:,[\s]-?\d{9}(?:\d{7}|\d{0,6}\.(?=[09])(?:${[9, 10, 11, 12, 13, 14, 15].map(nearlyWhole).join("|")}))`;
/** Fewer: 16 - 4 of them are enough where there may be one to four, 16 - 8 and one more where there are more than these. */
const shortBefore = String.raw`\.(?:0{8}|9{8})(?:0{4}|9{4}|(?<=\d{5}\.\d{8})\d)`;

function nearlyWhole(before: number): string {
  return String.raw`(?<=\d{${before}}\.)(?:0{${16 - before}}|9{${16 - before}})\d`;
}

const mantissa = String.raw`[:,[\s]-?\d[\d.]`;
const losingExponent = String.raw`[eE](?=[+\d-])(?:(?=[+-]?\d{3})(?<=${mantissa}*[eE])|(?=\+?\d)(?<=${mantissa}{8,}[eE]))`;
const suspicious = new RegExp(`${longBefore}|${shortBefore}|${losingExponent}`);

/**
 * Whether a text may hold a number that its double does not stand for; sometimes wrong, and then only time is lost. In JSON these are
 * - 16 digits and more before the point;
 * - n digits before the point, behind it 16 - n zeros or nines and more: what is nearer to a whole number than that is rounded to it;
 * - a positive exponent with 9 digits and more: with fewer, all whole numbers below 2^64 are doubles;
 * - an exponent of three digits, under which a number may be too large for a double or be rounded to 0.
 * A number within a text is preceded by few characters, which most digits of UUIDs and hashes are not.
 */
export function mayLoseDigits(text: string): boolean {
  // Alternatives that begin with the beginning of the text would take as long as the rest.
  return suspicious.test(/^[-\d]/.test(text) ? ` ${text}` : text);
}

/** No whole number below 2^64 has more digits. */
const maxWholeDigits = 20;

/** `digits` × 10^`exponent`: digits that neither begin nor end with a zero, none at all for 0. */
interface Decimal {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: number;
}

/**
 * The digits of a whole number whose double is another one. A number written with a fraction or an exponent counts below 2^64 only:
 * beyond it is a float. A plain integer counts whenever its double may stand for others too.
 */
export function wholeDigits(text: string): string | undefined {
  const double = Number(text);
  if (Number.isSafeInteger(double)) return undefined;
  const decimal = toDecimal(text);
  if (decimal === undefined || decimal.exponent < 0) return undefined;
  if (/^-?\d+$/.test(text)) return text;
  const { sign, digits, exponent } = decimal;
  if (digits.length + exponent > maxWholeDigits) return undefined;
  const whole = digits + "0".repeat(exponent);
  return BigInt(whole) >= 2n ** 64n || BigInt(sign + whole) === BigInt(double) ? undefined : sign + whole;
}

/** Whether only the double of the number is whole. */
export function isRoundedToWhole(text: string): boolean {
  if (!Number.isInteger(Number(text))) return false;
  const decimal = toDecimal(text);
  return decimal !== undefined && decimal.digits !== "" && decimal.exponent < 0;
}

function toDecimal(text: string): Decimal | undefined {
  const [, sign = "", whole, fraction = "", exponent = "0"] = form.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const significant = (whole + fraction).replace(/^0+/, "");
  // A pattern would try every run of zeros.
  let end = significant.length;
  while (significant.endsWith("0", end)) end -= 1;
  return { sign, digits: significant.slice(0, end), exponent: Number(exponent) - fraction.length + significant.length - end };
}

/** A finite number as JSON or GraphQL writes it: a bigint where no double has the digits of a whole one. */
export function toNumber(written: string): number | bigint {
  const digits = wholeDigits(written);
  return digits === undefined ? Number(written) : BigInt(digits);
}

/** An integer literal as a JSON value: a number where a double holds it exactly, else a bigint. */
export function toInteger(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : BigInt(digits);
}
