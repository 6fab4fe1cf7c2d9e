import { randomBytes } from "node:crypto";
import { Client } from "pg";

export interface Database {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** A new database on the server of TEST_DATABASE_URL. */
export async function createDatabase(): Promise<Database> {
  const server = process.env["TEST_DATABASE_URL"];
  if (server === undefined) throw new Error("TEST_DATABASE_URL names no server");
  const name = `recordgate_${randomBytes(6).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Lends a new database. */
export async function withDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const { url, drop } = await createDatabase();
  try {
    return await use(url);
  } finally {
    await drop();
  }
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
