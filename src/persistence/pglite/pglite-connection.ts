import type { PGlite } from "@electric-sql/pglite";
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { checkAdapter, type StatementCheck } from "../connection/checked-adapter.js";
import type { Connection, ExecuteSql } from "../connection/connection.js";
import { StatementQueue } from "../connection/statement-queue.js";
import { guardAdapter } from "../connection/guarded-adapter.js";
import { queueAdapter } from "../connection/queued-adapter.js";
import { defaultSchema } from "../connection/server-url.js";

export interface PgliteOptions {
  readonly description: string;
  /** Separates several connections to one database. */
  readonly schema?: string;
  readonly check?: StatementCheck;
  /** Runs after the last byte is written. */
  readonly onClose?: () => Promise<void>;
}

/** PostgreSQL inside this process. */
export function connectPglite(
  database: PGlite,
  { description, schema = defaultSchema, check = () => undefined, onClose }: PgliteOptions,
): Connection {
  const queue = new StatementQueue({ slots: 1, rests: true });
  const executeSql = executeOnPglite(database, check, queue);
  return {
    schema,
    adapters: toPgliteAdapters(database, { schema, check, queue }),
    executeSql,
    waits: { startMs: 60_000, runMs: 60_000 },
    callsOfRequest: 1,
    isShared: false,
    tellsCompression: true,
    description,
    exclusively: (_wait, work) => work(executeSql),
    async close() {
      await database.close();
      await onClose?.();
    },
  };
}

interface AdapterParts {
  readonly schema: string;
  readonly check: StatementCheck;
  readonly queue: StatementQueue;
}

function toPgliteAdapters(database: PGlite, { schema, check, queue }: AdapterParts): SqlDriverAdapterFactory {
  const factory = new PrismaPGlite(database);
  const connect = async () => {
    const guarded = guardAdapter(withSchema(await factory.connect(), schema));
    return queueAdapter(checkAdapter(guarded, check), queue);
  };
  return { provider: factory.provider, adapterName: factory.adapterName, connect };
}

/** Makes the statements that Prisma generates name the schema. */
function withSchema(adapter: SqlDriverAdapter, schemaName: string): SqlDriverAdapter {
  const getConnectionInfo = adapter.getConnectionInfo?.bind(adapter);
  adapter.getConnectionInfo = () => ({ supportsRelationJoins: true, ...getConnectionInfo?.(), schemaName });
  return adapter;
}

function executeOnPglite(database: PGlite, check: StatementCheck, queue: StatementQueue): ExecuteSql {
  return (text, values) =>
    queue.run(async () => {
      check({ sql: text, args: values ?? [] });
      if (values !== undefined) return database.query(text, [...values]);
      const results = await database.exec(text);
      return results.at(-1) ?? { rows: [] };
    });
}
