import fc from "fast-check";

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const digits = (minLength: number, maxLength: number) => fc.string({ unit: digit, minLength, maxLength });
const run = fc
  .tuple(fc.constantFrom("0", "9"), fc.integer({ min: 0, max: 22 }))
  .map(([each, length]) => each.repeat(length));

/** Numbers near the ends of the integer types, and others of many digits. */
const significant = fc.oneof(
  fc.constantFrom(
    "1",
    "128",
    "127",
    "32768",
    "2147483647",
    "2147483648",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "18446744073709551617",
  ),
  fc.tuple(digits(1, 19), run, digits(0, 4)).map((parts) => parts.join("")),
);

/** A number in the syntax of JSON: the point and the exponent may stand anywhere, so that its value is often whole. */
export const writtenNumber = fc
  .record({
    sign: fc.constantFrom("", "", "-"),
    all: significant,
    zeros: fc.constantFrom("", "", "0", "000"),
    place: fc.oneof(fc.constant(99), fc.integer({ min: 1, max: 30 })),
    shift: fc.oneof(fc.constant(undefined), fc.integer({ min: -25, max: 25 }), fc.integer({ min: -330, max: 320 })),
    isWhole: fc.boolean(),
    e: fc.constantFrom("e", "E"),
    plus: fc.constantFrom("", "+"),
  })
  .map(({ sign, all, zeros, place, shift, isWhole, e, plus }) => {
    const written = all + zeros;
    const before = (written.slice(0, place) || "0").replace(/^0+(?=\d)/, "");
    const after = written.slice(place);
    // Half of the exponents undo the point.
    const power = isWhole && after !== "" ? after.length + Math.abs((shift ?? 0) % 4) : shift;
    const exponent = power === undefined ? "" : `${e}${power < 0 ? "" : plus}${power}`;
    return `${sign}${before}${after === "" ? "" : `.${after}`}${exponent}`;
  });

export interface Decimal {
  /** The digits and the power of ten in one form for equal numbers. */
  readonly text: string;
  readonly isWhole: boolean;
  /** Truncated for a number that is not whole. */
  readonly integer: bigint;
}

/** The value of a decimal text, by integers only. */
export function decimalOf(text: string): Decimal {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  if (whole === "") throw new Error(`${text} is not a number`);
  let [unscaled, exponent] = [BigInt(`${sign}${whole}${fraction}`), Number(power) - fraction.length];
  if (unscaled === 0n) return { text: "0", isWhole: true, integer: 0n };
  while (unscaled % 10n === 0n) [unscaled, exponent] = [unscaled / 10n, exponent + 1];
  const integer = exponent < 0 ? unscaled / 10n ** BigInt(-exponent) : unscaled * 10n ** BigInt(exponent);
  return { text: `${unscaled}e${exponent}`, isWhole: exponent >= 0, integer };
}
