import { Prisma } from "../generated/client.js";

const bucketCount = 256;
/**
 * A batch with more buckets locks the whole collection: it would collide with every other batch anyway, and
 * PostgreSQL's lock table is small.
 */
const maxBuckets = 32;

/**
 * A statement that locks the keys until the end of the transaction. Lock order: the collection (shared, or exclusive
 * for a large batch), then its buckets in ascending order, so no two transactions wait for each other.
 */
export function lockKeys(collectionId: string, keys: readonly string[]): Prisma.Sql {
  const collection = Number.parseInt(collectionId.slice(0, 8), 16) | 0;
  const buckets = [...new Set(keys.map(toBucket))].sort((left, right) => left - right);
  if (buckets.length > maxBuckets)
    return Prisma.sql`SELECT pg_advisory_xact_lock(${collection}::int, ${bucketCount}::int)`;
  return Prisma.sql`
    SELECT pg_advisory_xact_lock_shared(${collection}::int, ${bucketCount}::int)
    UNION ALL
    SELECT pg_advisory_xact_lock(${collection}::int, bucket) FROM unnest(${`{${buckets.join(",")}}`}::text::int[]) AS bucket`;
}

/** FNV-1a: every process computes the same bucket. */
function toBucket(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) & (bucketCount - 1);
}
