/** The part of a dense vector in the packed bytes of a record. */
export interface PackedField {
  readonly byteLength: number;
  readonly nullable: boolean;
}

/**
 * All dense vectors of a record in one array: first, for nullable fields, a bitmap with one bit per nullable field (set
 * = present), then the bytes of the present vectors in the order of the definition. Undefined for a collection without
 * dense vectors.
 */
export interface Packing {
  readonly pack: (vectors: readonly (Uint8Array | undefined)[]) => Uint8Array | undefined;
  readonly unpack: (bytes: Uint8Array | undefined) => readonly (Uint8Array | undefined)[];
}

export function createPacking(fields: readonly PackedField[]): Packing {
  const bitOf = new Map(fields.filter((field) => field.nullable).map((field, bit) => [field, bit]));
  const bitmapBytes = Math.ceil(bitOf.size / 8);
  const single = fields.length === 1 && bitmapBytes === 0;

  function pack(vectors: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
    if (fields.length === 0 || single) return vectors[0];
    const packed = new Uint8Array(vectors.reduce((bytes, vector) => bytes + (vector?.length ?? 0), bitmapBytes));
    let start = bitmapBytes;
    for (const [index, field] of fields.entries()) {
      const vector = vectors[index];
      if (vector === undefined) continue;
      packed.set(vector, start);
      start += vector.length;
      const bit = bitOf.get(field);
      if (bit !== undefined) packed[bit >> 3] = (packed[bit >> 3] ?? 0) | (1 << (bit & 7));
    }
    return packed;
  }

  function unpack(bytes: Uint8Array = new Uint8Array(0)): readonly (Uint8Array | undefined)[] {
    let start = bitmapBytes;
    return fields.map((field) => {
      const bit = bitOf.get(field);
      if (bit !== undefined && ((bytes[bit >> 3] ?? 0) & (1 << (bit & 7))) === 0) return undefined;
      const vector = bytes.subarray(start, start + field.byteLength);
      start += field.byteLength;
      return vector;
    });
  }

  return { pack, unpack };
}
