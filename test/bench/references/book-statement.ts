import type { Book } from "../load/books.js";
import { works } from "../load/works.js";
import { insertBook, insertBooks, replaceStored, toBookParameters, toOneBookParameters } from "./book-rows.js";

/** One statement that stores the records of a request. */
export interface Statement {
  /** The same name stands for the same text, so that the statement is prepared once a connection. */
  readonly name: string;
  readonly text: string;
  readonly values: (string | Buffer)[];
}

// The process that started this one says what will be asked for.
const isUpsert = Object.entries(works).some(([name, { adds }]) => name === process.env["WORK"] && !adds);
const ending = isUpsert ? replaceStored : "";

export function toStatement(books: readonly Book[]): Statement {
  const [book] = books;
  if (book !== undefined && books.length === 1) {
    return { name: "one", text: insertBook + ending, values: [...toOneBookParameters(book)] };
  }
  return { name: "many", text: insertBooks + ending, values: [...toBookParameters(books)] };
}

/** What the program would answer. */
export function toGraphqlAnswer(books: readonly Book[]): unknown {
  const ids = toIds(books);
  return isUpsert
    ? { data: { upsertEntities: { __typename: "UpsertEntitiesSuccess", upsertedCount: ids.length, ids } } }
    : { data: { insertRecords: { __typename: "InsertRecordsSuccess", insertedCount: ids.length, ids } } };
}

/** As above, for REST. */
export function toRestAnswer(books: readonly Book[]): unknown {
  return { code: 0, data: { insertCount: books.length, insertIds: toIds(books) } };
}

function toIds(books: readonly Book[]): readonly string[] {
  return books.map(({ book_id: id }) => String(id));
}
