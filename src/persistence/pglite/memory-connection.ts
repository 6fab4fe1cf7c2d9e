import type { PGlite } from "@electric-sql/pglite";
import { StoreUnavailableError } from "../../core/store.js";
import type { Connection } from "../connection/connection.js";
import { readTemplate, templateSchemas } from "./database-template.js";
import { connectPglite } from "./pglite-connection.js";
import { createMemoryPglite } from "./pglite.js";
import { defaultSchema } from "../connection/server-url.js";
import { quoteName, tableNames } from "../tables.js";

/** One PostgreSQL for all in-memory databases of this process. It keeps no handle open, so the process can exit. */
let openingDatabase: Promise<PGlite> | undefined;
/** Schemas at the newest migration with empty tables. The last is taken first: the database may know its statements. */
const spare: string[] = [];
let opened = 0;

/**
 * A fresh database in memory, for processes that need many, such as tests. Each has a schema of its own, which is
 * emptied for reuse when it is closed: creating the tables takes ten times as long.
 */
export async function connectMemory(): Promise<Connection> {
  openingDatabase ??= createFromTemplate();
  const database = await openingDatabase;
  return connectSchema(database, spare.pop() ?? nextSchema());
}

async function createFromTemplate(): Promise<PGlite> {
  try {
    const database = await createMemoryPglite(await readTemplate("memory"));
    spare.push(defaultSchema, ...templateSchemas.memory);
    opened = spare.length;
    return database;
  } catch (error) {
    openingDatabase = undefined;
    throw error;
  }
}

function nextSchema(): string {
  return `app_${opened++}`;
}

/** Closing releases the schema only: other connections use the same database. */
function connectSchema(database: PGlite, schema: string): Connection {
  const connection = connectPglite(database, { description: "embedded PostgreSQL in memory", schema });
  let closed = false;
  const open = <Values extends unknown[], T>(use: (...values: Values) => Promise<T>) => {
    return (...values: Values) =>
      closed ? Promise.reject(new StoreUnavailableError("the database is closed", "not-applied")) : use(...values);
  };
  return {
    ...connection,
    adapters: { ...connection.adapters, connect: open(connection.adapters.connect.bind(connection.adapters)) },
    executeSql: open(connection.executeSql),
    async close() {
      // A schema that is released twice would be given to two databases.
      if (closed) return;
      closed = true;
      if (await emptyTables(database, schema)) spare.push(schema);
    },
  };
}

const ownTables: ReadonlySet<string> = new Set(tableNames);

/** Empties all tables except the history of migrations; false when the schema has tables of others and is not empty. */
async function emptyTables(database: PGlite, schema: string): Promise<boolean> {
  const { rows } = await database.query<{ readonly name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = $1 AND tablename <> '_prisma_migrations'",
    [schema],
  );
  if (rows.some(({ name }) => !ownTables.has(name))) return false;
  if (rows.length === 0) return true;
  const tables = rows.map(({ name }) => `${quoteName(schema)}.${quoteName(name)}`);
  await database.exec(`TRUNCATE ${tables.join(", ")} RESTART IDENTITY`);
  return true;
}
