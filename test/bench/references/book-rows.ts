import type { Book } from "../load/books.js";

/** The columns of records that the program would store, as parameters of a statement for any number of rows. */
export function toBookParameters(books: readonly Book[]): readonly [string, string, string, string, Buffer] {
  const vectors = Buffer.from(Float32Array.from(books.flatMap(({ vector }) => vector)).buffer);
  const bytes = vectors.byteLength / books.length;
  return [
    JSON.stringify(books.map(({ book_id: id }) => String(id))),
    books.map(({ book_id, title, year }) => JSON.stringify({ book_id, title, year })).join("\n"),
    `{${books.map((_, index) => index * bytes + 1).join(",")}}`,
    `{${books.map(() => bytes).join(",")}}`,
    vectors,
  ];
}

const columns = "collection_id, key, fields, vectors, version, inserted_at, bytes";
const collectionId = "'00000000-0000-4000-8000-000000000000'::uuid";

const size = "octet_length(fields) + octet_length(vectors) + octet_length(key)";

/** Stores any number of records; the parameters are those of `toBookParameters`. */
export const insertBooks = `
  INSERT INTO record (${columns})
  SELECT ${collectionId}, key, fields::json, vectors, 1, now(), ${size} FROM (
    SELECT key, fields, substring($5::bytea FROM start FOR length) AS vectors FROM ROWS FROM (
      json_array_elements_text($1::json), unnest(string_to_array($2::text, E'\\n')), unnest($3::int[]), unnest($4::int[])
    ) AS r(key, fields, start, length)) AS rows`;

export function toOneBookParameters({ book_id, title, year, vector }: Book): readonly [string, string, Buffer] {
  return [String(book_id), JSON.stringify({ book_id, title, year }), Buffer.from(Float32Array.from(vector).buffer)];
}

/** Stores one record; the parameters are those of `toOneBookParameters`. */
export const insertBook = `
  INSERT INTO record (${columns})
  SELECT ${collectionId}, key, fields::json, vectors, 1, now(), ${size}
  FROM (VALUES ($1::text, $2::text, $3::bytea)) AS r(key, fields, vectors)`;

/** For a table with a unique index of collection and key, unlike that of the program, where a key may repeat. */
export const replaceStored = ` ON CONFLICT (collection_id, key) DO UPDATE SET
  fields = excluded.fields, vectors = excluded.vectors, version = excluded.version, inserted_at = excluded.inserted_at,
  bytes = excluded.bytes`;
