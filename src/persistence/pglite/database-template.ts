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

/** The sources and the built program share the folder. */
const templateFolder = join(packageRoot, "dist", "template");

/** The three databases of a cluster have the same content: a window of 16 MB covers all three and halves the file. */
const compression = { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_LGWIN]: 24 } };

/**
 * Schemas at the newest migration beside the program's own: the programs of one process that keep their data in memory
 * have one schema each.
 */
export const templateSchemas = { folder: [], memory: ["app_1", "app_2", "app_3"] } as const satisfies Record<
  string,
  readonly string[]
>;

export type TemplateKind = keyof typeof templateSchemas;

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * The files of an empty database at the newest migration, as a tar. Initializing a cluster takes ten times as long as
 * copying one. The build writes the template; when run from sources, the first use does.
 */
export async function readTemplate(kind: TemplateKind): Promise<Buffer> {
  const path = await templatePath(kind);
  const built = await readFile(path).catch(() => undefined);
  if (built !== undefined) return promisify(brotliDecompress)(built);
  const made = await makeTemplate(kind);
  // Without write access to the folder, the next start makes the template again.
  await keepTemplate(path, made).catch(() => undefined);
  return made;
}

/** Names the template after its inputs: the migrations and the version of PostgreSQL. */
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

/** Copies a cluster that was shut down: a running one would go through recovery at its first start. */
async function makeTemplate(kind: TemplateKind): Promise<Buffer> {
  const workplace = await mkdtemp(join(tmpdir(), "recordgate-template-"));
  const dataDir = join(workplace, "data");
  try {
    // The template in memory adds schemas to that of a folder: the cluster is initialized once.
    const loadDataDir = kind === "memory" ? new Blob([await readTemplate("folder")]) : undefined;
    const database = await createPglite({ dataDir, loadDataDir });
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

/** Writes under a temporary name and renames, because several processes may do this at once. */
async function keepTemplate(path: string, tar: Buffer): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(unfinished, await promisify(brotliCompress)(tar, compression));
  await rename(unfinished, path);
}

async function templatePath(kind: TemplateKind): Promise<string> {
  return join(templateFolder, `${await templateName(await readMigrations())}.${kind}.tar.br`);
}
