import fc from "fast-check";
import type { JsonValue } from "../../src/json/value.js";

const longInteger = fc
  .bigInt({ min: -(10n ** 40n), max: 10n ** 40n })
  .filter((integer) => integer > BigInt(Number.MAX_SAFE_INTEGER) || integer < -BigInt(Number.MAX_SAFE_INTEGER));
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: fc.constantFrom("1", "9", "0", "\\", '"', ":", "-", "e", ".", "\ud800", "😀") }),
);
/** Not -0, which is written as 0. */
const double = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0));
const largeFloat = fc.double({ min: 2 ** 53, max: 1e22, noNaN: true }).map(Math.round);

export function jsonOf(leaf: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return fc.letrec<{ node: JsonValue }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("node"), { maxLength: 5 }),
      fc.dictionary(fc.oneof(text, fc.constant("__proto__")), tie("node"), { maxKeys: 5 }),
    ),
  })).node;
}

export const plain = fc.oneof(
  text,
  double.filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
export const anyJson = jsonOf(fc.oneof(plain, double, largeFloat, longInteger));
