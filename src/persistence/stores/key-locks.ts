import { Prisma } from "../generated/client.js";

const bucketCount = 256;
/** From here on a batch locks the whole collection: it would meet every other batch anyway, and the lock table is small. */
const maxBuckets = 32;

/**
 * A statement that locks the keys until the end of the transaction. Everybody takes the collection first and buckets in ascending order,
 * so nobody waits in a circle.
 */
export function lockKeys(collectionId: string, keys: readonly string[]): Prisma.Sql {
  const collection = Number.parseInt(collectionId.slice(0, 8), 16) | 0;
  const buckets = [...new Set(keys.map(toBucket))].sort((left, right) => left - right);
  if (buckets.length > maxBuckets) return Prisma.sql`SELECT pg_advisory_xact_lock(${collection}::int, ${bucketCount}::int)`;
  return Prisma.sql`
    SELECT pg_advisory_xact_lock_shared(${collection}::int, ${bucketCount}::int)
    UNION ALL
    SELECT pg_advisory_xact_lock(${collection}::int, bucket) FROM unnest(${`{${buckets.join(",")}}`}::text::int[]) AS bucket`;
}

/** FNV-1a, the same in every process. */
function toBucket(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return (hash ^ (hash >>> 16)) & (bucketCount - 1);
}
