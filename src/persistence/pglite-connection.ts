import type { PGlite } from "@electric-sql/pglite";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { toAdapterFactory, withWholeScripts } from "./adapter-scripts.js";
import type { Connection, ExecuteSql } from "./connection.js";
import { guardAdapter } from "./guarded-adapter.js";

/** PostgreSQL inside this process. `onClose` runs after the last byte is written. */
export function connectPglite(database: PGlite, description: string, onClose?: () => Promise<void>): Connection {
  const own = new PrismaPGlite(database);
  const adapters = toAdapterFactory(own.adapterName, async () => {
    return guardAdapter(withWholeScripts(await own.connect(), (script) => database.exec(script)));
  });
  return {
    adapters,
    executeSql: executeOn(database),
    waits: { startMs: 60_000, runMs: 60_000 },
    isShared: false,
    description,
    exclusively: (work) => work(adapters),
    async close() {
      await database.close();
      await onClose?.();
    },
  };
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
