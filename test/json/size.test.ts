import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compactJsonBytes, isCertainlyWithin } from "../../src/json/size.js";
import { stringifyJson } from "../../src/json/stringify.js";
import type { JsonValue } from "../../src/json/value.js";

const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom("a", '"', "\\", "\n", "\0", "\x7f", "\u2028", "é", "数", "😀"),
    fc.constantFrom("\ud800", "\udc00"),
  ),
});
const leaf: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.bigInt(),
  fc.boolean(),
  fc.constant(null),
);

const { node } = fc.letrec<{ node: JsonValue }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("node")),
    fc.dictionary(fc.oneof(text, fc.constant("__proto__")), tie("node")),
  ),
}));

it("counts the bytes that would be written", () => {
  fc.assert(
    fc.property(node, (value) => {
      expect(compactJsonBytes(value)).toBe(Buffer.byteLength(stringifyJson(value)));
    }),
  );
});

it("is certain of a limit only when the value does not exceed it", () => {
  const longest: readonly JsonValue[] = [-1.2345678901234567e-6, -1.2345678901234567e-300, -(2 ** 63), "\0\0", false];
  fc.assert(
    fc.property(fc.oneof(node, fc.array(fc.constantFrom(...longest))), (value) => {
      const bytes = compactJsonBytes(value);
      expect(isCertainlyWithin(value, bytes - 1)).toBe(false);
      // One digit counts as the longest number, with a comma.
      expect(isCertainlyWithin(value, 27 * bytes)).toBe(true);
    }),
  );
});
