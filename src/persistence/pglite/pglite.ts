import { PGlite, types, type PGliteOptions } from "@electric-sql/pglite";
import { reuseStatements } from "./reused-statements.js";
import { TemplateFilesystem } from "./template-filesystem.js";
import { delayWasmTiering } from "./wasm-tiering.js";

const byteaType = 17;

/** Replaces the library's own serializer for bytes, which takes ten times as long. */
const serializers = {
  [byteaType]: (bytes: Uint8Array): string =>
    `\\x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex")}`,
};

/**
 * The default of 128 MB is zeroed at each start. A smaller cache costs one copy for each page that it does not hold,
 * from memory or from a file.
 */
function parametersWith(sharedBuffers: string): string[] {
  const settings = [`shared_buffers=${sharedBuffers}`, "min_wal_size=32MB", "max_wal_size=64MB"];
  return [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ["-c", setting])];
}

export async function createPglite(options: PGliteOptions = {}): Promise<PGlite> {
  delayWasmTiering();
  const database = await PGlite.create({ startParams: parametersWith("32MB"), ...options, serializers });
  dropParsersOfArrays(database);
  reuseStatements(database);
  return database;
}

/**
 * PGlite has a parser for the arrays of every type and table, and copies them all for each statement that brings its
 * own, as Prisma's do: that took as long as the statement. No statement answers an array.
 */
function dropParsersOfArrays({ parsers }: PGlite): void {
  for (const type of Object.keys(parsers).map(Number))
    if (!(type in types.parsers)) Reflect.deleteProperty(parsers, type);
}

/** A database in memory whose initial files are those of a tar. */
export function createMemoryPglite(tar: Uint8Array): Promise<PGlite> {
  return createPglite({ fs: new TemplateFilesystem(tar), startParams: parametersWith("16MB") });
}
