import { createHash, randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import { packageRoot } from "../../core/package-root.js";
import { readMigrations, type Migration } from "../migrations/migration-files.js";
import { applyMigrations } from "../migrations/migrations.js";
import { connectPglite } from "./pglite-connection.js";
import { createPglite } from "./pglite.js";
import { defaultSchema } from "../connection/server-url.js";

/** The same folder for the sources and for the program that is built from them. */
const templateFolder = join(packageRoot, "dist", "template");

/** A window as large as the three databases of a cluster, which hold the same: it halves the file. */
const compression = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } };

/**
 * What is at the newest migration beside the schema of the program: the programs of a process that keep their data in
 * memory have a schema each.
 */
export const templateSchemas = { folder: [], memory: ["app_1", "app_2", "app_3"] } as const satisfies Record<string, readonly string[]>;

export type TemplateKind = keyof typeof templateSchemas;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The files of an empty database at the newest migration, as a tar. Initializing a cluster takes ten times as long as
 * copying one, so the build makes this one; the sources make it when it is first needed.
 */
export async function readTemplate(kind: TemplateKind): Promise<Buffer> {
  const path = await templatePath(kind);
  const built = await readFile(path).catch(() => undefined);
  if (built !== undefined) return promisify(brotliDecompress)(built);
  const made = await makeTemplate(kind);
  // A folder that may not be written to costs the next start the same again, and nothing else.
  await keepTemplate(path, made).catch(() => undefined);
  return made;
}

/** Names what the files depend on, so that no template of other migrations or of another PostgreSQL is ever taken. */
export async function templateName(migrations: readonly Migration[]): Promise<string> {
  const library = dirname(createRequire(import.meta.url).resolve("@electric-sql/pglite"));
  const { version } = JSON.parse(await readFile(join(library, "..", "package.json"), "utf8")) as {
    readonly version: string;
  };
  return createHash("sha256")
    .update(JSON.stringify([version, migrations]))
    .digest("hex")
    .slice(0, 16);
}

/** Copied from a cluster that was shut down: one that was running would recover at its first start. */
async function makeTemplate(kind: TemplateKind): Promise<Buffer> {
  const workplace = await mkdtemp(join(tmpdir(), "recordgate-template-"));
  const dataDir = join(workplace, "data");
  try {
    const database = await createPglite({ dataDir });
    for (const schema of [defaultSchema, ...templateSchemas[kind]])
      await applyMigrations(connectPglite(database, { description: "template", schema }), { log: silent });
    await database.close();
    const stopped = await createPglite({ dataDir, noInitDb: true });
    const files = await stopped.dumpDataDir("none");
    await stopped.close();
    return Buffer.from(await files.arrayBuffer());
  } finally {
    await rm(workplace, { recursive: true, force: true });
  }
}

/** Under another name until it is whole: several processes may be at it. */
async function keepTemplate(path: string, tar: Buffer): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(unfinished, await promisify(brotliCompress)(tar, compression));
  await rename(unfinished, path);
}

async function templatePath(kind: TemplateKind): Promise<string> {
  return join(templateFolder, `${await templateName(await readMigrations())}.${kind}.tar.br`);
}
