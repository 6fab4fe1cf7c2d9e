import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrationsFolder, readMigrations } from "../src/persistence/migrations/migration-files.js";
import { createPglite } from "../src/persistence/pglite/pglite.js";
import { openSchemaEngine, toMigrationList } from "./schema-engine.js";

const usage =
  "npm run migration -- NAME    writes prisma/migrations/<time>_NAME\nnpm run migration -- --check exits 1 when the migrations and schema.prisma differ";

/**
 * The SQL from the migrations to schema.prisma. Parts that only a migration can express (storage, index predicates) are
 * ignored.
 */
async function differenceToSchema(): Promise<string> {
  const content = await readFile(fileURLToPath(new URL("../prisma/schema.prisma", import.meta.url)), "utf8");
  const shadow = await createPglite();
  const engine = await openSchemaEngine(shadow, content);
  try {
    const { stdout } = await engine.diff({
      from: { tag: "migrations", ...(await toMigrationList(await readMigrations())) },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = stdout ?? "";
    return sql.trim() === "-- This is an empty migration." ? "" : sql;
  } finally {
    engine.free();
    await shadow.close();
  }
}

async function check(): Promise<number> {
  const difference = await differenceToSchema();
  if (difference === "") return 0;
  process.stderr.write(
    `prisma/migrations and prisma/schema.prisma differ; run npm run migration -- NAME. The difference:\n\n${difference}\n`,
  );
  return 1;
}

async function write(name: string): Promise<number> {
  const difference = await differenceToSchema();
  if (difference === "") {
    process.stdout.write("Nothing to migrate: the migrations lead to schema.prisma already.\n");
    return 0;
  }
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = join(migrationsFolder, `${time}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "migration.sql"), difference);
  process.stdout.write(`Wrote ${join(folder, "migration.sql")}. Read it before you commit it.\n`);
  return 0;
}

const [argument] = process.argv.slice(2);
if (argument === "--check") process.exitCode = await check();
else if (argument !== undefined && /^[a-z0-9_]+$/.test(argument)) process.exitCode = await write(argument);
else {
  process.stderr.write(`${usage}\nNAME consists of a-z, 0-9 and _.\n`);
  process.exitCode = 2;
}
