import type { Claim } from "../../core/claim.js";
import type { CollectionVersion, LocatedVersion } from "../../core/collection.js";
import type { WriteBatch } from "../../core/record.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorable } from "../guards/storable-json.js";
import { isUuid } from "../uuid.js";
import { insertClaim } from "./insert-claim.js";
import type { StoreParts } from "./store-parts.js";

/**
 * `target(id)`: the collection, locked until the end of the transaction; no row when it is gone, or it or its space has
 * another version. Lock order: the keys of an upsert, this row, a claim, unique values.
 */
export function lockedTarget(
  { id, version, spaceVersion }: CollectionVersion & Partial<LocatedVersion>,
  { tables }: Pick<StoreParts, "tables">,
  lock: "KEY SHARE" | "NO KEY UPDATE" = "KEY SHARE",
): Prisma.Sql {
  const inSpace =
    spaceVersion === undefined
      ? Prisma.empty
      : Prisma.sql`JOIN ${tables.space} s ON s.id = c.space_id AND s.version = ${spaceVersion}::int`;
  return Prisma.sql`target AS (
    SELECT c.id FROM ${tables.collection} c ${inSpace}
    WHERE c.id = ${isUuid(id) ? id : null}::uuid AND c.version = ${version}::int FOR ${Prisma.raw(lock)} OF c)`;
}

/**
 * The CTEs that every write starts with. `target`: the locked collection. `writable(id)`: the same row when the batch
 * may be stored, no row when another write holds its claim. With a new definition also `changed`, which stores it for
 * the row of `writable`.
 */
export function writableTarget(
  { collection, claim, definition }: WriteBatch,
  parts: Pick<StoreParts, "tables" | "clock">,
): Prisma.Sql {
  const writable = claim === undefined ? Prisma.sql`writable AS (SELECT id FROM target)` : claimedTarget(claim, parts);
  if (definition === undefined) return Prisma.sql`${lockedTarget(collection, parts)}, ${writable}`;
  // The stronger lock makes a concurrent change of the definition wait here and then find another version.
  return Prisma.sql`${lockedTarget(collection, parts, "NO KEY UPDATE")}, ${writable}, changed AS (
    UPDATE ${parts.tables.collection}
    SET definition = ${stringifyStorable(definition)}::text::json, version = version + 1
    FROM writable WHERE collection.id = writable.id)`;
}

function claimedTarget(claim: Claim, parts: Pick<StoreParts, "tables" | "clock">): Prisma.Sql {
  return Prisma.sql`claimed AS (${insertClaim(claim, parts, Prisma.sql`FROM target`)}), writable AS (SELECT target.id FROM target, claimed)`;
}
