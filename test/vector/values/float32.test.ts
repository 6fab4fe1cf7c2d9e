import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitsFloat32, toBFloat16Bits, toFloat16Bits, toShortestFloat32 } from "../../../src/vector/values/float32.js";

describe("the shortest decimal of a float32", () => {
  it.each([0, 0.1, 0.11825, 16777216, 3.4028235e38, 1e-45, 1.1754944e-38, 123456.79])("of %d is itself", (number) => {
    expect(toShortestFloat32(Math.fround(number))).toBe(number);
  });

  it("is the same float32 again", () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (float) => Math.fround(toShortestFloat32(float)) === float,
      ),
    );
  });
});

it("knows where the float32 range ends", () => {
  expect([3.4028235e38, 3.5e38, -3.5e38, Number.NaN].map(fitsFloat32)).toEqual([true, false, false, false]);
});

describe("16-bit floats", () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [3.5, 0x4300],
    [65504, 0x7bff],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [-1e9, 0xfc00],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [2 ** -25 * 1.5, 0x0001],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
  ])("%d is rounded to the nearest half-precision number, ties to even", (number, bits) => {
    expect(toFloat16Bits(number)).toBe(bits);
  });

  it("are the upper half of a float32 as bfloat16", () => {
    expect([1, -2, 4.4, 442].map(toBFloat16Bits)).toEqual([0x3f80, 0xc000, 0x408c, 0x43dd]);
  });
});
