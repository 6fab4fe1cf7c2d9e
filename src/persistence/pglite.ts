import { PGlite, type PGliteOptions } from "@electric-sql/pglite";

const byteaType = 17;

/** The library's own way to write bytes takes ten times as long. */
const serializers = {
  [byteaType]: (bytes: Uint8Array): string => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`,
};

export function createPglite(options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({ ...options, serializers });
}
