/** Whether the number rounds to a finite float32; false for NaN and the infinities. */
export function fitsFloat32(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

/** The shortest decimal, as a number, that rounds to the same float32. */
export function toShortestFloat32(value: number): number {
  const float = Math.fround(value);
  // Integers below 2^24 are exact in float32.
  if (Number.isInteger(float) && Math.abs(float) < 16_777_216) return float;
  // Normal numbers keep 6 decimal digits, so a shorter decimal shows at 6 digits; 9 digits always suffice.
  for (let digits = Math.abs(float) < smallestNormal ? 1 : 6; digits < 9; digits++) {
    const shorter = Number(float.toPrecision(digits));
    if (Math.fround(shorter) === float) return shorter;
  }
  return Number(float.toPrecision(9));
}

const smallestNormal = 2 ** -126;

function toFloat32Bits(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getUint32(0);
}

/** Truncates the float32, as the server does. */
export function toBFloat16Bits(value: number): number {
  return toFloat32Bits(value) >>> 16;
}

/** Rounds to the nearest half-precision number, ties to even; a number beyond the range becomes infinity. */
export function toFloat16Bits(value: number): number {
  const bits = toFloat32Bits(value);
  const sign = (bits >>> 16) & 0x8000;
  const exponent = ((bits >>> 23) & 0xff) - 112;
  const mantissa = bits & 0x7fffff;
  if (exponent >= 31) return sign | 0x7c00;
  if (exponent > 0) return sign | shiftRounding((exponent << 23) | mantissa, 13);
  return exponent < -10 ? sign : sign | shiftRounding(mantissa | 0x800000, 14 - exponent);
}

function shiftRounding(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept;
}

const exponents = { Float16Vector: 0x7c00, BFloat16Vector: 0x7f80 } as const;

/** Names the first little-endian element that is not finite; undefined when all are finite. */
export function findNonFinite16(bytes: Uint8Array, type: keyof typeof exponents): "NaN" | "+Inf" | "-Inf" | undefined {
  const exponent = exponents[type];
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    const bits = (bytes[index] ?? 0) | ((bytes[index + 1] ?? 0) << 8);
    if ((bits & exponent) !== exponent) continue;
    if ((bits & 0x7fff) !== exponent) return "NaN";
    return bits & 0x8000 ? "-Inf" : "+Inf";
  }
  return undefined;
}
