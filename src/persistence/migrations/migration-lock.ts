import type { ExecuteSql, LockWait } from "../connection/connection.js";
import { MigrationError } from "./migration-error.js";

/** The lock number of `prisma migrate deploy`, so that it and this program exclude each other. */
const migrationLockKey = 72707369;
const lockNotAvailable = "55P03";

/**
 * Waits for the migration lock and holds it until the transaction ends. A lock of the session would outlive it behind a
 * pooler.
 * @throws MigrationError when another program holds the lock for longer than `waitMs`
 */
export async function takeMigrationLock(execute: ExecuteSql, { log, waitMs }: LockWait): Promise<void> {
  // A script may run for any time, but it does not wait longer than `waitMs` for a table that is in use.
  await execute(`SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = ${waitMs}`);
  const { rows } = await execute("SELECT pg_try_advisory_xact_lock($1) AS taken", [migrationLockKey]);
  if (rows[0]?.["taken"] === true) return;
  const holder = await describeHolder(execute);
  log.info({ lock: migrationLockKey, holder, waitMs }, "waiting for another program that migrates the database");
  try {
    await execute("SELECT pg_advisory_xact_lock($1)", [migrationLockKey]);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === lockNotAvailable)) throw error;
    throw new MigrationError(
      `The database could not be migrated: ${holder} held the advisory lock ${migrationLockKey} ` +
        `for more than ${waitMs / 1000} s. ` +
        "Start again when it has finished, or end that session.",
      { cause: error },
    );
  }
}

async function describeHolder(execute: ExecuteSql): Promise<string> {
  const { rows } = await execute(
    `SELECT activity.pid, activity.application_name
     FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
     WHERE locktype = 'advisory' AND granted AND classid = 0 AND objid = $1
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [migrationLockKey],
  );
  const [holder] = rows;
  return holder === undefined
    ? "another session"
    : `the session ${String(holder["pid"])} ("${String(holder["application_name"])}")`;
}
