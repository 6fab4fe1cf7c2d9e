import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageRoot } from "../../core/package-root.js";

export const migrationsFolder = join(packageRoot, "prisma", "migrations");

export interface Migration {
  readonly name: string;
  readonly script: string;
}

/** The migrations in the order of their application. */
export async function readMigrations(folder = migrationsFolder): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return Promise.all(
    names.map(async (name) => ({ name, script: await readFile(join(folder, name, "migration.sql"), "utf8") })),
  );
}
