import fc from "fast-check";
import { expect, it } from "vitest";
import { createPacking } from "../../../src/vector/values/packing.js";

const field = fc.record({ byteLength: fc.integer({ min: 1, max: 9 }), nullable: fc.boolean() });

it("unpacks what it packed, whichever vectors are null", () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.boolean()), (fields, absent) => {
      const vectors = fields.map(({ byteLength, nullable }, index) =>
        nullable && absent.next().value
          ? undefined
          : Uint8Array.from({ length: byteLength }, (_, byte) => index * 16 + byte),
      );
      const packing = createPacking(fields);
      const unpacked = packing.unpack(packing.pack(vectors));
      expect(unpacked.map((vector) => vector && Array.from(vector))).toEqual(
        vectors.map((vector) => vector && Array.from(vector)),
      );
    }),
  );
});

it("adds nothing to vectors that cannot be null", () => {
  const { pack } = createPacking([
    { byteLength: 2, nullable: false },
    { byteLength: 1, nullable: false },
  ]);
  expect(pack([Uint8Array.of(1, 2), Uint8Array.of(3)])).toEqual(Uint8Array.of(1, 2, 3));
  expect(createPacking([]).pack([])).toBeUndefined();
});

it("spends one bit on a vector that may be null", () => {
  const { pack } = createPacking([
    { byteLength: 2, nullable: true },
    { byteLength: 1, nullable: true },
  ]);
  expect(pack([undefined, Uint8Array.of(3)])).toEqual(Uint8Array.of(0b10, 3));
});
