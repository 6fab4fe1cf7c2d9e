import pg from "pg";
import { insertBook, insertBooks, toBookParameters, toOneBookParameters } from "./book-rows.js";
import { serveBooks } from "./book-server.js";

// As many connections as the program opens by default.
const pool = new pg.Pool({ connectionString: process.env["DATABASE_URL"], max: 10 });

await serveBooks({
  insert: async (books) => {
    const [book] = books;
    if (book !== undefined && books.length === 1) {
      await pool.query({ name: "insert-book", text: insertBook, values: [...toOneBookParameters(book)] });
    } else {
      await pool.query({ name: "insert-books", text: insertBooks, values: [...toBookParameters(books)] });
    }
  },
});
