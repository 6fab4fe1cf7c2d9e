import type { Log } from "../../core/log.js";
import type { Connection, ExecuteSql } from "../connection/connection.js";
import { MigrationError } from "./migration-error.js";
import { readMigrations, type Migration } from "./migration-files.js";
import { changedSince, MigrationHistory, pendingOf, unknownIn } from "./migration-history.js";
import { functionNames, tableNames } from "../tables.js";
import { SchemaRights } from "./rights.js";
import { findMissing, readColumns, readNeededColumns } from "./columns.js";

const lockWaitMs = 60_000;

export interface MigrationOptions {
  readonly log: Log;
  /** Default: the migrations of this program. */
  readonly migrations?: readonly Migration[];
  /** Milliseconds to wait for another program. */
  readonly waitMs?: number;
}

/**
 * Brings the database to the newest migration, like `prisma migrate deploy`: a migration that was changed after its
 * application, or that this program does not have, is logged as a warning and left as it is.
 * @throws MigrationError when a migration fails, or one that this program does not have took away what it needs
 */
export async function applyMigrations(connection: Connection, options: MigrationOptions): Promise<void> {
  const { log, migrations = await readMigrations(), waitMs = lockWaitMs } = options;
  const steps = new MigrationSteps({ connection, log, migrations, waitMs });
  const rights = new SchemaRights(connection, connection.executeSql);
  try {
    if (connection.isShared) await rights.demandUse();
    // Most starts have nothing to apply: they take no lock.
    if (!(await steps.isDone())) {
      await steps.prepare();
      while (await steps.applyNext());
    }
    await steps.judgeHistory();
    if (connection.isShared) {
      await rights.demandTables(tableNames);
      await rights.demandFunctions(functionNames);
    }
  } catch (error) {
    if (!isSqlError(error)) throw error;
    throw new MigrationError(`The database could not be migrated: ${error.message} (${error.code}).`, { cause: error });
  }
}

interface StepParts extends Required<MigrationOptions> {
  readonly connection: Connection;
}

class MigrationSteps {
  readonly #parts: StepParts;
  /** Reads outside any transaction. */
  readonly #history: MigrationHistory;

  constructor(parts: StepParts) {
    this.#parts = parts;
    this.#history = new MigrationHistory(parts.connection.executeSql, parts.connection.schema);
  }

  async isDone(): Promise<boolean> {
    return (await this.#history.exists()) && pendingOf(this.#parts.migrations, await this.#history.read()).length === 0;
  }

  async prepare(): Promise<void> {
    await this.#exclusively(async (execute, history) => {
      const rights = new SchemaRights(this.#parts.connection, execute);
      await rights.demandSchema();
      if (await history.exists()) {
        await rights.demandOwnership();
        return history.undoUnfinished();
      }
      await this.#refuseTablesOfOthers(execute);
      await history.create();
    });
  }

  /** Answers whether a migration was applied. */
  async applyNext(): Promise<boolean> {
    let next: Migration | undefined;
    try {
      await this.#exclusively(async (_execute, history) => {
        // Another program may have applied some in the meantime.
        [next] = pendingOf(this.#parts.migrations, await history.read());
        if (next !== undefined) await history.apply(next);
      });
    } catch (error) {
      if (next === undefined || !isSqlError(error)) throw error;
      await this.#history.noteFailure(next, error.message);
      throw new MigrationError(
        `The migration ${next.name} failed and has left nothing behind: ${error.message} (${error.code}). ` +
          "Correct the cause and start again; a version of the program from before this migration still works.",
        { cause: error },
      );
    }
    return next !== undefined;
  }

  /** @throws MigrationError when this program cannot work with the schema of a newer one */
  async judgeHistory(): Promise<void> {
    const { log, migrations } = this.#parts;
    const history = await this.#history.read();
    const changed = changedSince(migrations, history);
    if (changed.length > 0)
      log.warn(
        { changed },
        "migrations were changed after they had been applied to this database; they are not applied again",
      );
    const unknown = unknownIn(history, migrations);
    const [first] = unknown;
    if (first === undefined) return;
    await this.#refuseNewerSchema(first);
    log.warn(
      { unknown },
      "a newer version of the program has migrated this database; it still has all that this version needs",
    );
  }

  /** Replicas of two versions may share a database for as long as the older one finds all that it reads and writes. */
  async #refuseNewerSchema(migration: string): Promise<void> {
    const { executeSql, schema, description } = this.#parts.connection;
    const missing = findMissing(await readNeededColumns(), await readColumns(executeSql, schema));
    if (missing === undefined) return;
    throw new MigrationError(
      `${description}: the schema is newer than this version of the program, which does not have the migration ` +
        `${migration}: ${missing}. Start the version that migrated it, or restore the backup from before.`,
    );
  }

  #exclusively(work: (execute: ExecuteSql, history: MigrationHistory) => Promise<void>): Promise<void> {
    const { connection, log, waitMs } = this.#parts;
    return connection.exclusively({ log, waitMs }, (execute) =>
      work(execute, new MigrationHistory(execute, connection.schema)),
    );
  }

  async #refuseTablesOfOthers(execute: ExecuteSql): Promise<void> {
    const { schema, description } = this.#parts.connection;
    const { rows } = await execute(
      `SELECT relname FROM pg_class
       WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = $1) AND relkind IN ('r', 'p')
         AND NOT EXISTS (SELECT FROM pg_depend
           WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
       ORDER BY relname LIMIT 1`,
      [schema],
    );
    const [table] = rows;
    if (table === undefined) return;
    throw new MigrationError(
      `${description}: the schema ${schema} has tables that this program has not created, ` +
        `such as ${String(table["relname"])}. ` +
        "Name an empty schema with ?schema=NAME in DATABASE_URL, which is made if absent, or another database.",
    );
  }
}

/** An error that PostgreSQL itself reports through either driver, as opposed to a lost connection. */
function isSqlError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "severity" in error && "code" in error && typeof error.code === "string";
}
