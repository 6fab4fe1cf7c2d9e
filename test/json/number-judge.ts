/** The rule once more, by fractions of bigints. */
export interface Expected {
  readonly value: number | bigint;
  readonly isRounded: boolean;
}

/** The parts of the number that the text writes. */
function toRatio(token: string): { readonly numerator: bigint; readonly denominator: bigint } {
  const [mantissa = "", exponent = "0"] = token.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.split(".");
  const power = BigInt(exponent) - BigInt(fraction.length);
  return {
    numerator: BigInt(`${whole}${fraction}`) * (power > 0n ? 10n ** power : 1n),
    denominator: power < 0n ? 10n ** -power : 1n,
  };
}

/** Whether the digits of the double are other ones: those of its shortest text, or all of a whole one below 2^64. */
function hasOtherDigits(token: string): boolean {
  const double = Number(token);
  const text = Number.isInteger(double) && Math.abs(double) < 2 ** 64 ? String(BigInt(double)) : String(double);
  const [written, read] = [toRatio(token), toRatio(text)];
  return written.numerator * read.denominator !== read.numerator * written.denominator;
}

/** What is expected of a number in a list; a member of an object is known for a fraction's digits too. */
export function judgeMember(token: string): Expected {
  const { value } = judge(token);
  return { value, isRounded: typeof value === "number" && hasOtherDigits(token) };
}

export function judge(token: string): Expected {
  const { numerator, denominator } = toRatio(token);
  const double = Number(token);
  if (numerator % denominator !== 0n) return { value: double, isRounded: Number.isInteger(double) };
  const integer = numerator / denominator;
  const isPlain = !/[.e]/i.test(token);
  const isLost = isPlain
    ? !Number.isSafeInteger(double)
    : BigInt(double) !== integer && integer < 2n ** 64n && integer > -(2n ** 64n);
  if (isLost) return { value: integer, isRounded: false };
  return { value: double, isRounded: integer !== (Math.abs(double) < 2 ** 64 ? BigInt(double) : shortestOf(double)) };
}

/** The whole number that the shortest decimal of a whole double denotes. */
function shortestOf(double: number): bigint {
  const [, sign = "", first = "", rest = "", power = "0"] =
    /^(-?)(\d)(?:\.(\d+))?e\+(\d+)$/.exec(double.toExponential()) ?? [];
  return BigInt(sign + (first + rest).padEnd(Number(power) + 1, "0"));
}
