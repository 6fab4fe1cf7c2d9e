import { createHash } from "node:crypto";
import type { ExecuteSql, SqlRow } from "../connection/connection.js";
import type { Migration } from "./migration-files.js";
import { quoteName } from "../tables.js";

/** One attempt to apply a migration, as recorded in the history. */
interface HistoryRow {
  readonly name: string;
  readonly checksum: string;
  readonly state: "applied" | "unfinished" | "rolled-back";
}

/**
 * The table of `prisma migrate deploy`, column for column, so that either program continues where the other stopped.
 */
export class MigrationHistory {
  readonly #execute: ExecuteSql;
  readonly #schema: string;
  readonly #table: string;

  constructor(execute: ExecuteSql, schema: string) {
    this.#execute = execute;
    this.#schema = schema;
    this.#table = `${quoteName(schema)}._prisma_migrations`;
  }

  async exists(): Promise<boolean> {
    const { rows } = await this.#execute("SELECT to_regclass($1) IS NOT NULL AS found", [this.#table]);
    return rows[0]?.["found"] === true;
  }

  async create(): Promise<void> {
    await this.#execute(`
      CREATE TABLE ${this.#table} (
        id                  VARCHAR(36) PRIMARY KEY NOT NULL,
        checksum            VARCHAR(64) NOT NULL,
        finished_at         TIMESTAMPTZ,
        migration_name      VARCHAR(255) NOT NULL,
        logs                TEXT,
        rolled_back_at      TIMESTAMPTZ,
        started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
        applied_steps_count INTEGER NOT NULL DEFAULT 0
      )`);
  }

  async read(): Promise<readonly HistoryRow[]> {
    const { rows } = await this.#execute(`
      SELECT migration_name, checksum, finished_at IS NOT NULL AS finished, rolled_back_at IS NOT NULL AS undone
      FROM ${this.#table} ORDER BY started_at`);
    return rows.map(toHistoryRow);
  }

  /**
   * Sends the migration and its row in one message, which PostgreSQL runs as one transaction: it applies both or
   * neither.
   */
  async apply({ name, script }: Migration): Promise<void> {
    const statements = [
      `SET LOCAL search_path TO ${quoteName(this.#schema)}`,
      `INSERT INTO ${this.#table} (id, checksum, migration_name, started_at)
       VALUES (gen_random_uuid()::text, ${quoteSqlText(checksumOf(script))}, ${quoteSqlText(name)}, clock_timestamp())`,
      script,
      `UPDATE ${this.#table} SET finished_at = clock_timestamp(), applied_steps_count = 1
       WHERE migration_name = ${quoteSqlText(name)} AND finished_at IS NULL AND rolled_back_at IS NULL`,
    ];
    // Line breaks separate the scripts: one may end in a comment.
    await this.#execute(statements.join("\n;\n"));
  }

  /** Records an attempt that PostgreSQL has rolled back. */
  async noteFailure({ name, script }: Migration, message: string): Promise<void> {
    await this.#execute(
      `INSERT INTO ${this.#table} (id, checksum, migration_name, logs, started_at, rolled_back_at)
       VALUES (gen_random_uuid()::text, $1, $2, $3, clock_timestamp(), clock_timestamp())`,
      [checksumOf(script), name, message],
    );
  }

  /**
   * Marks attempts without an end as rolled back: a script is sent in one message, so an unfinished one left nothing.
   */
  async undoUnfinished(): Promise<void> {
    await this.#execute(
      `UPDATE ${this.#table} SET rolled_back_at = clock_timestamp()
       WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
    );
  }
}

/** The migrations to apply, in their order. */
export function pendingOf(migrations: readonly Migration[], history: readonly HistoryRow[]): readonly Migration[] {
  const applied = appliedIn(history);
  return migrations.filter(({ name }) => !applied.has(name));
}

/**
 * Names of applied migrations whose scripts differ from those of this program. Line ends do not count: a checkout on
 * Windows may have other ones.
 */
export function changedSince(migrations: readonly Migration[], history: readonly HistoryRow[]): readonly string[] {
  const applied = appliedIn(history);
  return migrations.flatMap(({ name, script }) => {
    const checksum = applied.get(name);
    if (checksum === undefined) return [];
    const lines = script.replaceAll("\r\n", "\n");
    const possible = [script, lines, lines.replaceAll("\n", "\r\n")].map(checksumOf);
    return possible.includes(checksum) ? [] : [name];
  });
}

/** Names of applied migrations that this program does not have: a newer version applied them. */
export function unknownIn(history: readonly HistoryRow[], migrations: readonly Migration[]): readonly string[] {
  const known = new Set(migrations.map(({ name }) => name));
  return [...appliedIn(history).keys()].filter((name) => !known.has(name));
}

function appliedIn(history: readonly HistoryRow[]): ReadonlyMap<string, string> {
  return new Map(history.filter(({ state }) => state === "applied").map(({ name, checksum }) => [name, checksum]));
}

function quoteSqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function checksumOf(script: string): string {
  return createHash("sha256").update(script).digest("hex");
}

function toHistoryRow(row: SqlRow): HistoryRow {
  const state = row["undone"] === true ? "rolled-back" : row["finished"] === true ? "applied" : "unfinished";
  return { name: String(row["migration_name"]), checksum: String(row["checksum"]), state };
}
