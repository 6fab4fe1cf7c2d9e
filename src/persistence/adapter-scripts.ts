import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";

/**
 * Both driver adapters run scripts badly: one cuts them at every semicolon, the other does not wait for the end. This sends a script
 * in one message, so that PostgreSQL runs it as one transaction.
 */
export function withWholeScripts(adapter: SqlDriverAdapter, run: (script: string) => Promise<unknown>): SqlDriverAdapter {
  adapter.executeScript = async (script) => {
    try {
      await run(script);
    } catch (error) {
      throw toAdapterError(error);
    }
  };
  return adapter;
}

/** Makes the statements that Prisma writes name the schema. */
export function withSchema(adapter: SqlDriverAdapter, schemaName: string): SqlDriverAdapter {
  const getConnectionInfo = adapter.getConnectionInfo?.bind(adapter);
  adapter.getConnectionInfo = () => ({ supportsRelationJoins: true, ...getConnectionInfo?.(), schemaName });
  return adapter;
}

/** A factory as the schema engine wants it; only writing a migration takes a shadow database, applying one does not. */
export function toAdapterFactory(adapterName: string, connect: () => Promise<SqlDriverAdapter>): SqlMigrationAwareDriverAdapterFactory {
  const connectToShadowDb = () => Promise.reject(new Error("this connection has no shadow database"));
  return { provider: "postgres", adapterName, connect, connectToShadowDb };
}

function toAdapterError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  return new DriverAdapterError({
    kind: "postgres",
    code: error.code,
    severity: "ERROR",
    message: error.message,
    detail: undefined,
    column: undefined,
    hint: undefined,
  });
}
