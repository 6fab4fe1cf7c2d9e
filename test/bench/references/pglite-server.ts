import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { readTableStatements } from "../servers/database.js";
import { serveBooks } from "./book-server.js";

const database = await PGlite.create({ dataDir: join(process.env["FOLDER"] ?? "", "data") });
await database.exec(readTableStatements());

await serveBooks({
  run: ({ text, values }) => database.query(text, values),
  count: async () => {
    const { rows } = await database.query<{ readonly count: number }>("SELECT count(*)::int AS count FROM record");
    return rows[0]?.count ?? Number.NaN;
  },
});
