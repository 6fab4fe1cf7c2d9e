import { Prisma } from "../generated/client.js";

/** Sizes of JSON columns in bytes, as SQL. */
export interface JsonSize {
  /** The size, or an upper bound of it. */
  readonly weigh: (column: Prisma.Sql) => Prisma.Sql;
  /** Whether `weigh` answers the size itself. */
  readonly isExact: (column: Prisma.Sql) => Prisma.Sql;
  /** True for no value that is larger. */
  readonly isAtMost: (column: Prisma.Sql, bytes: number) => Prisma.Sql;
}

/** A value has at most so many times the bytes that it is stored in. */
const maxCompression = 256;

/**
 * Of values that are not read: the compressions of PostgreSQL shrink a text to an 88th and to a 255th at most.
 * PostgreSQL 14 and later tell how a value is compressed.
 */
export const storedJsonSize: JsonSize = {
  weigh: (column) => Prisma.sql`least(1000000000, pg_column_size(${column})::bigint *
    CASE pg_column_compression(${column}) WHEN 'pglz' THEN 90 WHEN 'lz4' THEN 256 ELSE 1 END)::int`,
  isExact: (column) => Prisma.sql`pg_column_compression(${column}) IS NULL`,
  isAtMost: (
    column,
    bytes,
  ) => Prisma.sql`pg_column_size(${column}) <= CASE WHEN pg_column_compression(${column}) IS NULL
    THEN ${bytes}::int ELSE ${Math.floor(bytes / maxCompression)}::int END`,
};

/** Of values that the server reads, which takes longer. */
export const readJsonSize: JsonSize = {
  weigh: (column) => Prisma.sql`octet_length(${column}::text)`,
  isExact: () => Prisma.sql`TRUE`,
  isAtMost: (column, bytes) => Prisma.sql`octet_length(${column}::text) <= ${bytes}::int`,
};
