import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compactJsonBytes } from "../../src/json/size.js";
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

it("counts the bytes that would be written", () => {
  const { node } = fc.letrec<{ node: JsonValue }>((tie) => ({
    node: fc.oneof(
      { depthSize: "small" },
      leaf,
      fc.array(tie("node")),
      fc.dictionary(fc.oneof(text, fc.constant("__proto__")), tie("node")),
    ),
  }));
  fc.assert(
    fc.property(node, (value) => {
      expect(compactJsonBytes(value)).toBe(Buffer.byteLength(stringifyJson(value)));
    }),
  );
});
