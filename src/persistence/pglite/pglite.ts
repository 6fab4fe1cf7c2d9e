import { PGlite, type PGliteOptions } from "@electric-sql/pglite";
import { TemplateFilesystem } from "./template-filesystem.js";
import { delayWasmTiering } from "./wasm-tiering.js";

const byteaType = 17;

/** The library's own way to write bytes takes ten times as long. */
const serializers = {
  [byteaType]: (bytes: Uint8Array): string =>
    `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`,
};

/**
 * The default of 128 MB is zeroed at each start: a page that is not in them is a copy away, in memory and in a file
 * alike.
 */
function parametersWith(sharedBuffers: string): string[] {
  return [...PGlite.defaultStartParams, "-c", `shared_buffers=${sharedBuffers}`];
}

export function createPglite(options: PGliteOptions = {}): Promise<PGlite> {
  delayWasmTiering();
  return PGlite.create({ startParams: parametersWith("32MB"), ...options, serializers });
}

/** A database in memory that begins with the files of a tar. */
export function createMemoryPglite(tar: Uint8Array): Promise<PGlite> {
  return createPglite({ fs: new TemplateFilesystem(tar), startParams: parametersWith("16MB") });
}
