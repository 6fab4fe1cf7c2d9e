import type { StoredRecord } from "../../core/record.js";
import { parseObject } from "./collection-rows.js";
import { Prisma } from "../generated/client.js";
import type { LargeRows } from "../reading/large-rows.js";
import type { ScopedParts } from "./store-parts.js";

export interface RecordRow {
  readonly id: bigint;
  readonly collection_id: string;
  readonly key: string | null;
  /** Null: the values of the row were left out. */
  readonly fields: string | null;
  readonly vectors: string | null;
  readonly inserted_at: Date;
}

/** A row of a known collection. To read the collection with every row takes longer than the number. */
export type OwnRecordRow = Omit<RecordRow, "collection_id">;

export function toRecordRow(
  { id, key, fields, vectors, inserted_at: insertedAt }: OwnRecordRow,
  collectionId: string,
): RecordRow {
  return { id, collection_id: collectionId, key, fields, vectors, inserted_at: insertedAt };
}

/** The columns of `OwnRecordRow`. Both adapters read base64 text faster than `bytea`. */
const wholeColumns = Prisma.sql`id, key, fields::text AS fields, encode(vectors, 'base64') AS vectors, inserted_at`;

/**
 * The columns of `OwnRecordRow`, without the values of records that have more than `light` bytes, or
 * that were stored before their size was.
 */
export function lightRecordColumns(light: number): Prisma.Sql {
  const isLight = Prisma.sql`CASE WHEN bytes <= ${light}::int THEN`;
  return Prisma.sql`id, ${isLight} key END AS key, ${isLight} fields::text END AS fields,
    ${isLight} encode(vectors, 'base64') END AS vectors, inserted_at`;
}

export function largeRecords({ prisma, tables, jsonSize, scope }: ScopedParts): LargeRows<RecordRow> {
  const isOneOf = (rows: readonly RecordRow[]) =>
    hasRecordId(rows.map((row) => ({ collection: row.collection_id, number: row.id })));
  return {
    scope,
    isLeftOut: ({ fields }) => fields === null,
    sizeOf: ({ key, fields, vectors }) => (key?.length ?? 0) + (fields?.length ?? 0) + (vectors?.length ?? 0),
    keyOf: toRecordId,
    weigh: (rows) => prisma.$queryRaw`
      SELECT collection_id || '.' || id AS key, bytes IS NOT NULL AS exact, coalesce(bytes,
        ${jsonSize.weigh(Prisma.sql`fields`)} + coalesce(octet_length(vectors), 0) + coalesce(octet_length(key), 0)) AS weight
      FROM ${tables.record} WHERE ${isOneOf(rows)}`,
    read: (rows) =>
      prisma.$queryRaw`SELECT collection_id, ${wholeColumns} FROM ${tables.record} WHERE ${isOneOf(rows)}`,
  };
}

interface RecordId {
  readonly collection: string;
  readonly number: bigint;
}

export function hasRecordId(ids: readonly RecordId[]): Prisma.Sql {
  return Prisma.sql`(collection_id, id) IN (
    SELECT * FROM unnest(${ids.map((id) => id.collection)}::uuid[], ${ids.map((id) => id.number)}::bigint[]))`;
}

function toRecordId({ collection_id: collectionId, id }: RecordRow): string {
  return `${collectionId}.${id}`;
}

export function toStoredRecord(row: RecordRow): StoredRecord {
  const { fields } = row;
  if (fields === null) throw new TypeError("a record is used before its values are read");
  return {
    id: toRecordId(row),
    number: row.id,
    collectionId: row.collection_id,
    ...(row.key !== null && { key: row.key }),
    fields: parseObject(fields),
    // A copy: its memory starts at an offset that a Float32Array accepts.
    ...(row.vectors !== null && { vectors: new Uint8Array(Buffer.from(row.vectors, "base64")) }),
    insertedAt: row.inserted_at,
    storedBytes: fields.length + (row.vectors?.length ?? 0),
  };
}
