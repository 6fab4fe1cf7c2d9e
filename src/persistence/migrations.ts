import type { MigrationList } from "@prisma/schema-engine-wasm";
import type { Connection } from "./connection.js";
import { readMigrations } from "./migration-files.js";
import { quoteName } from "./tables.js";

const filters = { externalTables: [], externalEnums: [] };

/**
 * Brings the database to the newest migration, as `prisma migrate deploy` does. A script is applied whole or not at all,
 * so one that a crash interrupted is marked as rolled back and applied again.
 */
export async function applyMigrations(connection: Connection, migrations?: MigrationList): Promise<void> {
  const list = migrations ?? (await readMigrations());
  const newest = list.migrationDirectories.at(-1)?.path;
  if (newest === undefined || (await isApplied(connection, newest))) return;
  const { openSchemaEngine } = await import("./schema-engine.js");
  await connection.exclusively(async (adapters) => {
    if (await isApplied(connection, newest)) return;
    const engine = await openSchemaEngine(adapters);
    try {
      const { failedMigrationNames } = await engine.diagnoseMigrationHistory({ migrationsList: list, optInToShadowDatabase: false, filters });
      for (const migrationName of failedMigrationNames) await engine.markMigrationRolledBack({ migrationName });
      await engine.applyMigrations({ migrationsList: list, filters });
    } finally {
      engine.free();
    }
  });
}

async function isApplied({ executeSql, schema }: Connection, migration: string): Promise<boolean> {
  const table = `${quoteName(schema)}._prisma_migrations`;
  const { rows } = await executeSql("SELECT to_regclass($1) IS NOT NULL AS present", [table]);
  if (rows[0]?.["present"] !== true) return false;
  const applied = await executeSql(
    `SELECT 1 FROM ${table} WHERE migration_name = $1 AND finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    [migration],
  );
  return applied.rows.length > 0;
}
