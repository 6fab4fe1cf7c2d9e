import { Buffer } from "node:buffer";
import type { JsonValue } from "../../json/value.js";
import { roundedIn } from "../../json/rounded.js";
import type { DenseVectorType } from "../definition/definition.js";
import { fitsFloat32, toBFloat16Bits, toFloat16Bits, toShortestFloat32 } from "./float32.js";

/** Writes the elements little-endian. Answers the index of the first element of another type, or -1. The view must have room for all elements. */
type Encode = (elements: readonly JsonValue[], view: DataView) => number;

export interface DenseKind {
  readonly elementBytes: number;
  readonly byteLength: (dim: number) => number;
  /** The server's name of a list of elements. */
  readonly unit: string;
  /** A description of a valid element, for messages. */
  readonly elements: string;
  /** Whether a value may be the packed bytes in base64; the dimension is then compared with the number of bytes. */
  readonly takesBase64: boolean;
  readonly encode: Encode;
  /** Converts packed bytes into the read form. */
  readonly decode: (bytes: Uint8Array) => JsonValue;
}

export const denseKinds = {
  FloatVector: {
    elementBytes: 4,
    byteLength: (dim) => dim * 4,
    unit: "[]float32",
    elements: "a number inside the float32 range",
    takesBase64: false,
    encode: encodeFloat32,
    decode: decodeFloat32,
  },
  BinaryVector: {
    elementBytes: 1,
    byteLength: (dim) => dim / 8,
    unit: "[]byte",
    elements: "a whole number from 0 to 255",
    takesBase64: true,
    encode: (elements, view) => encodeBytes(elements, view, { low: 0, high: 255 }),
    decode: toBase64,
  },
  Float16Vector: { ...sixteenBits(), encode: (elements, view) => encode16(elements, view, toFloat16Bits) },
  BFloat16Vector: { ...sixteenBits(), encode: (elements, view) => encode16(elements, view, toBFloat16Bits) },
  Int8Vector: {
    elementBytes: 1,
    byteLength: (dim) => dim,
    unit: "[]int8",
    elements: "a whole number from -128 to 127",
    takesBase64: false,
    encode: (elements, view) => encodeBytes(elements, view, { low: -128, high: 127 }),
    decode: (bytes) => Array.from(new Int8Array(bytes)),
  },
} as const satisfies Record<DenseVectorType, DenseKind>;

function sixteenBits(): Omit<DenseKind, "encode"> {
  return {
    elementBytes: 2,
    byteLength: (dim) => dim * 2,
    unit: "[]byte",
    elements: "a number inside the float32 range",
    takesBase64: true,
    decode: toBase64,
  };
}

function toDouble(element: JsonValue | undefined): number {
  if (typeof element === "number") return element;
  return typeof element === "bigint" ? Number(element) : Number.NaN;
}

function encodeFloat32(elements: readonly JsonValue[], view: DataView): number {
  for (let index = 0; index < elements.length; index++) {
    const number = toDouble(elements[index]);
    if (!fitsFloat32(number)) return index;
    view.setFloat32(index * 4, number, true);
  }
  return -1;
}

function encode16(elements: readonly JsonValue[], view: DataView, toBits: (number: number) => number): number {
  for (let index = 0; index < elements.length; index++) {
    const number = toDouble(elements[index]);
    if (!fitsFloat32(number)) return index;
    view.setUint16(index * 2, toBits(number), true);
  }
  return -1;
}

function encodeBytes(elements: readonly JsonValue[], view: DataView, { low, high }: { readonly low: number; readonly high: number }): number {
  const rounded = roundedIn(elements);
  for (let index = 0; index < elements.length; index++) {
    const number = toDouble(elements[index]);
    if (rounded?.has(index) || !Number.isInteger(number) || number < low || number > high) return index;
    // Two's complement: the low byte of a negative number is its int8.
    view.setUint8(index, number);
  }
  return -1;
}

function decodeFloat32(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / 4 }, (_, index) => toShortestFloat32(view.getFloat32(index * 4, true)));
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
}
