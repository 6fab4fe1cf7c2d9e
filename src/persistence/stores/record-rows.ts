import type { NewRecord, StoredRecord } from "../../core/record.js";
import { parseObject } from "./collection-rows.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorableLines, toStorableKeys } from "../guards/storable-json.js";

/**
 * The records as rows `r(key, fields, start, length)`, in four parameters for any number of records. The fields are
 * JSON lines. All vectors are one value, cut in the database: taking base64 out of JSON takes half as long again.
 */
export function toRowSource(records: readonly NewRecord[]): {
  readonly rows: Prisma.Sql;
  readonly vectors: Prisma.Sql;
} {
  const packed = packVectors(records);
  const rows = Prisma.sql`ROWS FROM (
    json_array_elements_text(${toStorableKeys(records.map((record) => record.key ?? null))}::text::json),
    unnest(string_to_array(${stringifyStorableLines(records.map((record) => record.fields))}, E'\n')),
    unnest(${`{${packed.starts.join(",")}}`}::text::int[]),
    unnest(${`{${packed.lengths.join(",")}}`}::text::int[])
  ) AS r(key, fields, start, length)`;
  return { rows, vectors: Prisma.sql`substring(${packed.bytes}::bytea FROM r.start FOR r.length)` };
}

/**
 * `starts` count bytes from 1, as SQL does. The lists are empty when no record has vectors: `ROWS FROM` then pads the
 * rows with nulls.
 */
function packVectors(records: readonly NewRecord[]): { starts: string[]; lengths: string[]; bytes: Uint8Array } {
  const vectors = records.map((record) => record.vectors);
  if (vectors.every((vector) => vector === undefined)) return { starts: [], lengths: [], bytes: new Uint8Array(0) };
  let start = 1;
  const starts = vectors.map((vector) => {
    const own = start;
    start += vector?.byteLength ?? 0;
    return String(own);
  });
  const lengths = vectors.map((vector) => (vector === undefined ? "NULL" : String(vector.byteLength)));
  return { starts, lengths, bytes: Buffer.concat(vectors.filter((vector) => vector !== undefined)) };
}

export interface RecordRow {
  readonly id: bigint;
  readonly collection_id: string;
  readonly key: string | null;
  readonly fields: string;
  readonly vectors: string | null;
  readonly inserted_at: Date;
}

/** The columns of `RecordRow`. Both adapters read base64 text faster than `bytea`. */
export const recordColumns = Prisma.sql`id, collection_id, key, fields::text AS fields, encode(vectors, 'base64') AS vectors, inserted_at`;

export function toStoredRecord(row: RecordRow): StoredRecord {
  return {
    id: `${row.collection_id}.${row.id}`,
    number: row.id,
    collectionId: row.collection_id,
    ...(row.key !== null && { key: row.key }),
    fields: parseObject(row.fields),
    // A copy: its memory starts at an offset that a Float32Array accepts.
    ...(row.vectors !== null && { vectors: new Uint8Array(Buffer.from(row.vectors, "base64")) }),
    insertedAt: row.inserted_at,
    storedBytes: row.fields.length + (row.vectors?.length ?? 0),
  };
}
