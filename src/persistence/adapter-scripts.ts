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

/** A factory out of its two openings, as the schema engine wants it. */
export function toAdapterFactory(
  adapterName: string,
  open: { readonly connect: () => Promise<SqlDriverAdapter>; readonly connectToShadowDb?: () => Promise<SqlDriverAdapter> },
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: "postgres",
    adapterName,
    connect: open.connect,
    connectToShadowDb: open.connectToShadowDb ?? (() => Promise.reject(new Error("this connection has no shadow database"))),
  };
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
