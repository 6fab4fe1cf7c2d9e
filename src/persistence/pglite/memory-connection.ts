import type { PGlite } from "@electric-sql/pglite";
import { StoreUnavailable } from "../../core/store.js";
import type { Connection } from "../connection/connection.js";
import { readTemplate } from "./database-template.js";
import { connectPglite } from "./pglite-connection.js";
import { createMemoryPglite } from "./pglite.js";
import { defaultSchema } from "../connection/server-url.js";
import { quoteName } from "../tables.js";

/**
 * One PostgreSQL for all programs of this process that keep their data in memory. It holds no handle: the process ends
 * with it.
 */
let opening: Promise<PGlite> | undefined;
let opened = 0;

/**
 * A fresh database in memory, for programs that need many, as tests do: a schema of its own, gone when it is closed.
 */
export async function connectMemory(): Promise<Connection> {
  opening ??= createFromTemplate();
  // The template's own schema is at the newest migration already.
  const schema = opened === 0 ? defaultSchema : `app_${opened}`;
  opened += 1;
  return connectSchema(await opening, schema);
}

async function createFromTemplate(): Promise<PGlite> {
  try {
    return await createMemoryPglite(await readTemplate());
  } catch (error) {
    opening = undefined;
    opened = 0;
    throw error;
  }
}

/** Closes as if the database were its own: others go on with theirs. */
function connectSchema(database: PGlite, schema: string): Connection {
  const connection = connectPglite(database, { description: "embedded PostgreSQL in memory", schema });
  let closed = false;
  const open = <Values extends unknown[], T>(use: (...values: Values) => Promise<T>) => {
    return (...values: Values) =>
      closed ? Promise.reject(new StoreUnavailable("the database is closed", "not-applied")) : use(...values);
  };
  return {
    ...connection,
    adapters: { ...connection.adapters, connect: open(connection.adapters.connect.bind(connection.adapters)) },
    executeSql: open(connection.executeSql),
    async close() {
      closed = true;
      await database.exec(`DROP SCHEMA IF EXISTS ${quoteName(schema)} CASCADE`);
    },
  };
}
