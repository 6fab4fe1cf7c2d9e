import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";

/** A database of one server under test. */
export interface BenchDatabase {
  readonly url: string;
  readonly run: (sql: string) => Promise<void>;
  readonly countRecords: () => Promise<number>;
  readonly drop: () => Promise<void>;
}

export async function createDatabase(serverUrl: string): Promise<BenchDatabase> {
  const name = `recordgate_bench_${randomBytes(6).toString("hex")}`;
  await runSql(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    run: (sql) => runSql(url.href, sql),
    countRecords: () =>
      withClient(url.href, async (client) => {
        const { rows } = await client.query<{ readonly count: string }>("SELECT count(*) FROM record");
        return Number(rows[0]?.count);
      }),
    drop: () => runSql(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

function runSql(url: string, sql: string): Promise<void> {
  return withClient(url, async (client) => {
    await client.query(sql);
  });
}

async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** The statements that make the tables of the program, so that a reference writes to tables of the same shape. */
export function readTableStatements(): string {
  const folder = "prisma/migrations";
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => readFileSync(join(folder, name, "migration.sql"), "utf8"))
    .join("\n");
}
