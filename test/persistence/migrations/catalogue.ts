import { type PGlite } from "@electric-sql/pglite";
import { readTemplate } from "../../../src/persistence/pglite/database-template.js";
import { createMemoryPglite } from "../../../src/persistence/pglite/pglite.js";

/** An empty cluster like that of `initdb`, in a fraction of the time. */
export async function createEmptyPglite(): Promise<PGlite> {
  const database = await createMemoryPglite(await readTemplate("folder"));
  await database.exec("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  return database;
}

const queries = {
  columns: `
    SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attstorage, attcompression, attidentity,
      pg_get_expr(adbin, adrelid)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
      LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 ORDER BY relname, attnum`,
  indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname`,
  constraints: `
    SELECT conrelid::regclass, conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2`,
  sequences: `
    SELECT sequencename, data_type, start_value, increment_by, last_value
    FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  functions: `
    SELECT pg_get_functiondef(oid), proacl, proowner::regrole FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace ORDER BY 1`,
  enums: `
    SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid ORDER BY typname, enumsortorder`,
  history: `
    SELECT migration_name, checksum, applied_steps_count, logs, rolled_back_at,
      finished_at >= started_at AS ended, length(id) AS id
    FROM _prisma_migrations ORDER BY started_at`,
};

/** Everything that a migration leaves behind, from the catalogues of PostgreSQL. */
export async function readCatalogue(database: PGlite): Promise<Readonly<Record<string, readonly unknown[]>>> {
  const entries: [string, readonly unknown[]][] = [];
  for (const [name, query] of Object.entries(queries)) entries.push([name, (await database.query(query)).rows]);
  return Object.fromEntries(entries);
}
