import pg from "pg";
import { serveBooks } from "./book-server.js";

// As many connections as the program opens by default.
const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 10 });

await serveBooks({ run: (statement) => pool.query(statement) });
