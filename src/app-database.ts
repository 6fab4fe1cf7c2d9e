import type { Clock, IdSource } from "./core/clock.js";
import type { Log } from "./core/log.js";
import type { Config } from "./host/settings/config.js";
import { openDatabase, type Database } from "./persistence/database.js";

/** Whether the database is the program's own: a PostgreSQL server may belong to others. */
export function isEmbeddedDatabase({ DATABASE_URL }: Pick<Config, "DATABASE_URL">): boolean {
  return DATABASE_URL === undefined || DATABASE_URL === "memory:";
}

/** Opens the database that the configuration names. @throws OperatorError */
export function openConfiguredDatabase(
  config: Config,
  parts: { readonly clock: Clock; readonly ids: IdSource; readonly log: Log },
): Promise<Database> {
  return openDatabase({
    ...parts,
    tasks: { concurrency: config.IMPORT_CONCURRENCY, pollMs: config.IMPORT_POLL_MS },
    mirrorDays: config.REMOTE_TASK_DAYS,
    url: config.DATABASE_URL,
    folder: config.DATABASE_FOLDER,
    server: {
      poolSize: config.DATABASE_POOL_SIZE,
      connectTimeoutMs: config.DATABASE_CONNECT_TIMEOUT_MS,
      statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
      tls: config.DATABASE_TLS,
    },
  });
}
