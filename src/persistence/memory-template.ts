import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Database, type DatabaseParts, openOn } from "./database.js";
import { readMigrations } from "./migration-files.js";
import { applyMigrations } from "./migrations.js";
import { connectPglite } from "./pglite-connection.js";
import { createPglite } from "./pglite.js";

export interface MemoryOptions extends DatabaseParts {
  /** Keeps the template across processes; for tests. */
  readonly cacheFolder?: string;
}

const templates = new Map<string | undefined, Promise<Blob>>();

/** A fresh database in memory, copied from one that this process has migrated before: for programs that need many, as tests do. */
export async function openMemoryDatabase({ cacheFolder, ...parts }: MemoryOptions): Promise<Database> {
  const template = templates.get(cacheFolder) ?? loadTemplate(cacheFolder);
  templates.set(cacheFolder, template);
  const connection = connectPglite(await createPglite({ loadDataDir: await template }), { description: "embedded PostgreSQL in memory" });
  return openOn(connection, parts);
}

async function loadTemplate(cacheFolder: string | undefined): Promise<Blob> {
  if (cacheFolder === undefined) return makeTemplate();
  const migrations = JSON.stringify((await readMigrations()).migrationDirectories);
  const path = join(cacheFolder, `memory-${createHash("sha256").update(migrations).digest("hex").slice(0, 16)}.tar`);
  const cached = await readFile(path).catch(() => undefined);
  if (cached !== undefined) return new Blob([cached]);
  const made = await makeTemplate();
  await mkdir(cacheFolder, { recursive: true });
  // Under another name until it is whole: several processes may be at it.
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, made.stream());
  await rename(unfinished, path);
  return made;
}

async function makeTemplate(): Promise<Blob> {
  const database = await createPglite();
  const connection = connectPglite(database, { description: "template" });
  await applyMigrations(connection);
  const template = await database.dumpDataDir("none");
  await connection.close();
  return template;
}
