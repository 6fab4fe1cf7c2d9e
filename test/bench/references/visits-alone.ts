import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { createVisits } from "../load/visits.js";
import { readTableStatements } from "../servers/database.js";
import { announcePort } from "./announce.js";

const statement = `
  INSERT INTO record (collection_id, fields, version, inserted_at, bytes)
  SELECT '00000000-0000-4000-8000-000000000000'::uuid, line::json, 1, now(), octet_length(line)
  FROM unnest(string_to_array($1::text, E'\\n')) AS line`;

// No server: parses one body and stores its rows, when the parent tells their number.
const store = await openStore();

async function openStore(): Promise<(lines: string) => Promise<unknown>> {
  const folder = process.env["DATABASE_FOLDER"];
  if (folder === undefined) {
    const client = new pg.Client(process.env["DATABASE_URL"]);
    await client.connect();
    return (lines) => client.query(statement, [lines]);
  }
  const database = await PGlite.create({ dataDir: folder });
  await database.exec(readTableStatements());
  return (lines) => database.query(statement, [lines]);
}

// The parent sends nothing else.
process.on("message", (count: number) => {
  const body = Buffer.from(JSON.stringify({ rows: createVisits(count) }));
  const startedAt = performance.now();
  // The body is the one above.
  const { rows } = JSON.parse(body.toString()) as { readonly rows: readonly unknown[] };
  void store(rows.map((row) => JSON.stringify(row)).join("\n")).then(
    () => process.send?.(performance.now() - startedAt),
    () => process.send?.("failed"),
  );
});
announcePort(0);
