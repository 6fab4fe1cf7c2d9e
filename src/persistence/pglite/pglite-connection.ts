import type { PGlite } from "@electric-sql/pglite";
import type { SqlDriverAdapter, SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaPGlite } from "pglite-prisma-adapter";
import type { Connection, ExecuteSql } from "../connection/connection.js";
import { FairQueue } from "../connection/fair-queue.js";
import { guardAdapter } from "../connection/guarded-adapter.js";
import { queueAdapter } from "../connection/queued-adapter.js";
import { defaultSchema } from "../connection/server-url.js";

export interface PgliteOptions {
  readonly description: string;
  /** Separates several connections to one database. */
  readonly schema?: string;
  /** Runs after the last byte is written. */
  readonly onClose?: () => Promise<void>;
}

/** PostgreSQL inside this process. */
export function connectPglite(
  database: PGlite,
  { description, schema = defaultSchema, onClose }: PgliteOptions,
): Connection {
  const queue = new FairQueue({ slots: 1, rests: true });
  const executeSql = executeOnPglite(database, queue);
  return {
    schema,
    adapters: toPgliteAdapters(database, schema, queue),
    executeSql,
    waits: { startMs: 60_000, runMs: 60_000 },
    isShared: false,
    description,
    exclusively: (_wait, work) => work(executeSql),
    async close() {
      await database.close();
      await onClose?.();
    },
  };
}

function toPgliteAdapters(database: PGlite, schema: string, queue: FairQueue): SqlDriverAdapterFactory {
  const factory = new PrismaPGlite(database);
  const connect = async () => queueAdapter(guardAdapter(withSchema(await factory.connect(), schema)), queue);
  return { provider: factory.provider, adapterName: factory.adapterName, connect };
}

/** Makes the statements that Prisma generates name the schema. */
function withSchema(adapter: SqlDriverAdapter, schemaName: string): SqlDriverAdapter {
  const getConnectionInfo = adapter.getConnectionInfo?.bind(adapter);
  adapter.getConnectionInfo = () => ({ supportsRelationJoins: true, ...getConnectionInfo?.(), schemaName });
  return adapter;
}

function executeOnPglite(database: PGlite, queue: FairQueue): ExecuteSql {
  return (text, values) =>
    queue.run(async () => {
      if (values !== undefined) return database.query(text, [...values]);
      const results = await database.exec(text);
      return results.at(-1) ?? { rows: [] };
    });
}
