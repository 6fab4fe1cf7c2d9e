import type { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { toAdapterFactory, withSchema, withWholeScripts } from "./adapter-scripts.js";
import type { Connection, ExecuteSql } from "./connection.js";
import { guardAdapter } from "./guarded-adapter.js";
import { defaultSchema } from "./server-url.js";
import { quoteName } from "./tables.js";

export interface PgliteOptions {
  readonly description: string;
  /** Several connections to one database have one each. */
  readonly schema?: string;
  /** Runs after the last byte is written. */
  readonly onClose?: () => Promise<void>;
}

/** PostgreSQL inside this process. */
export function connectPglite(database: PGlite, { description, schema = defaultSchema, onClose }: PgliteOptions): Connection {
  const own = new PrismaPGlite(database);
  const adapters = toAdapterFactory(own.adapterName, async () => {
    const adapter = withWholeScripts(await own.connect(), (script) => database.exec(script));
    return guardAdapter(withSchema(adapter, schema));
  });
  return {
    schema,
    adapters,
    executeSql: executeOn(database),
    waits: { startMs: 60_000, runMs: 60_000 },
    isShared: false,
    description,
    exclusively: (work) => withSearchPath(database, schema, () => work(adapters)),
    async close() {
      await database.close();
      await onClose?.();
    },
  };
}

/** For what has no other way to name the schema, such as a migration. */
async function withSearchPath<T>(database: PGlite, schema: string, work: () => Promise<T>): Promise<T> {
  await database.exec(`CREATE SCHEMA IF NOT EXISTS ${quoteName(schema)}; SET search_path TO ${quoteName(schema)}`);
  try {
    return await work();
  } finally {
    await database.exec("RESET search_path");
  }
}

function executeOn(database: PGlite): ExecuteSql {
  return async (text, values) => {
    if (values !== undefined) return database.query(text, [...values]);
    try {
      const results = await database.exec(text);
      return results.at(-1) ?? { rows: [] };
    } catch (error) {
      // A script that brings its own BEGIN leaves the only session there is in a failed transaction.
      await database.exec("ROLLBACK");
      throw error;
    }
  };
}
