const columns = "collection_id, key, fields, vectors, version, inserted_at, bytes";
const collectionId = "'00000000-0000-4000-8000-000000000000'::uuid";

/** A function that takes the records as JSON, and one that takes them as rows of a type; both set-based. */
export const postgraphileFunctions = `
  CREATE FUNCTION insert_json_books(books json) RETURNS int LANGUAGE sql VOLATILE STRICT AS $$
    WITH stored AS (
      INSERT INTO record (${columns})
      SELECT ${collectionId}, key, fields, decode(vectors, 'base64'), 1, now(), octet_length(fields::text)
      FROM json_to_recordset(books) AS book(key text, fields json, vectors text)
      RETURNING 1)
    SELECT count(*)::int FROM stored $$;

  CREATE TYPE new_book AS (key text, fields json, vectors bytea);

  CREATE FUNCTION insert_typed_books(books new_book[]) RETURNS int LANGUAGE sql VOLATILE STRICT AS $$
    WITH stored AS (
      INSERT INTO record (${columns})
      SELECT ${collectionId}, key, fields, vectors, 1, now(), octet_length(fields::text) FROM unnest(books)
      RETURNING 1)
    SELECT count(*)::int FROM stored $$;
`;
