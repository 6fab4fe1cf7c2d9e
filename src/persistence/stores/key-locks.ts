import { Prisma } from "../generated/client.js";

const bucketCount = 256;
/** The number after those of the buckets. */
export const wholeBucket = bucketCount;
/**
 * A batch with more buckets locks the whole collection: it would collide with every other batch anyway, and
 * PostgreSQL's lock table is small.
 */
const maxBuckets = 32;

export interface KeyLocks {
  /** The first number of the advisory locks. */
  readonly collection: number;
  /** The second ones in ascending order, as an array of PostgreSQL; null: the whole collection. */
  readonly buckets: string | null;
}

/**
 * The locks of the keys. Lock order: the collection (shared, or exclusive for a large batch), then its buckets in
 * ascending order, so no two transactions wait for each other.
 */
export function keyLocksOf(collectionId: string, keys: Iterable<string>): KeyLocks {
  const collection = Number.parseInt(collectionId.slice(0, 8), 16) | 0;
  const buckets = new Set<number>();
  for (const key of keys) {
    buckets.add(toBucket(key));
    if (buckets.size > maxBuckets) return { collection, buckets: null };
  }
  return { collection, buckets: `{${[...buckets].sort((left, right) => left - right).join(",")}}` };
}

/** A statement that locks the keys until the end of the transaction. */
export function lockKeys(collectionId: string, keys: readonly string[]): Prisma.Sql {
  const { collection, buckets } = keyLocksOf(collectionId, keys);
  if (buckets === null) return Prisma.sql`SELECT pg_advisory_xact_lock(${collection}::int, ${wholeBucket}::int)`;
  return Prisma.sql`
    SELECT pg_advisory_xact_lock_shared(${collection}::int, ${wholeBucket}::int)
    UNION ALL
    SELECT pg_advisory_xact_lock(${collection}::int, bucket) FROM unnest(${buckets}::text::int[]) AS bucket`;
}

/** FNV-1a: every process computes the same bucket. */
function toBucket(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) & (bucketCount - 1);
}
