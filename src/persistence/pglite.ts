import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { TemplateFilesystem } from "./template-filesystem.js";

const byteaType = 17;

/** The library's own way to write bytes takes ten times as long. */
const serializers = {
  [byteaType]: (bytes: Uint8Array): string => `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`,
};

export function createPglite(options: PGliteOptions = {}): Promise<PGlite> {
  return PGlite.create({ ...options, serializers });
}

/** In memory a page is never far: the default of 128 MB is zeroed at each start, and is most of what a small test needs. */
const memoryParameters = [...PGlite.defaultStartParams, "-c", "shared_buffers=16MB"];

/** A database in memory that begins with the files of a tar. */
export function createMemoryPglite(tar: Uint8Array): Promise<PGlite> {
  return createPglite({ fs: new TemplateFilesystem(tar), startParams: memoryParameters });
}
