import { randomBytes } from "node:crypto";
import { Client } from "pg";

/** Lends a new database on the server of TEST_DATABASE_URL. */
export async function withDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const server = process.env["TEST_DATABASE_URL"];
  if (server === undefined) throw new Error("TEST_DATABASE_URL names no server");
  const name = `recordgate_${randomBytes(6).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name}`);
  try {
    const url = new URL(server);
    url.pathname = `/${name}`;
    return await use(url.href);
  } finally {
    await run(server, `DROP DATABASE ${name} WITH (FORCE)`);
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
