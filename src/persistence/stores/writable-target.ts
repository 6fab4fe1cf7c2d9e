import type { Claim } from "../../core/claim.js";
import type { CollectionVersion } from "../../core/collection.js";
import type { WriteBatch } from "../../core/record.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorable } from "../guards/storable-json.js";
import { isUuid } from "../page.js";
import type { StoreParts } from "./store-parts.js";

/** Holds the collection until the end of the transaction; no row when it is gone or has another version. */
export function lockedTarget(
  { id, version }: CollectionVersion,
  { tables }: Pick<StoreParts, "tables">,
  lock: "KEY SHARE" | "NO KEY UPDATE" = "KEY SHARE",
): Prisma.Sql {
  return Prisma.sql`target AS (
    SELECT id FROM ${tables.collection}
    WHERE id = ${isUuid(id) ? id : null}::uuid AND version = ${version}::int FOR ${Prisma.raw(lock)})`;
}

/** `target`, the collection locked, and `writable`: the same row when the batch may be stored, no row when somebody else has its claim. */
export function writableTarget({ collection, claim, definition }: WriteBatch, parts: StoreParts): Prisma.Sql {
  const writable = claim === undefined ? Prisma.sql`writable AS (SELECT id FROM target)` : claimedTarget(claim, parts);
  if (definition === undefined) return Prisma.sql`${lockedTarget(collection, parts)}, ${writable}`;
  // Whoever else changes the definition waits here and then finds another version.
  return Prisma.sql`${lockedTarget(collection, parts, "NO KEY UPDATE")}, ${writable}, changed AS (
    UPDATE ${parts.tables.collection}
    SET definition = ${stringifyStorable(definition)}::text::json, version = version + 1
    FROM writable WHERE collection.id = writable.id)`;
}

function claimedTarget(claim: Claim, parts: StoreParts): Prisma.Sql {
  return Prisma.sql`claimed AS (${takeClaim(claim, parts, Prisma.sql`FROM target`)}), writable AS (SELECT target.id FROM target, claimed)`;
}

/** Waits for whoever is taking the same claim at this moment. One that has expired counts as free. Taken for each row of `source`, absent: once. */
export function takeClaim(claim: Claim, { tables, clock }: StoreParts, source = Prisma.empty): Prisma.Sql {
  const { scope, key, contentHash, result, expiresAt } = claim;
  return Prisma.sql`
    INSERT INTO ${tables.claim} (scope, key, content_hash, result, expires_at)
    SELECT ${scope}, ${key}, ${contentHash ?? null}, ${stringifyStorable(result)}::text::json, ${expiresAt}::timestamptz ${source}
    ON CONFLICT (scope, key) DO UPDATE
      SET content_hash = excluded.content_hash, result = excluded.result, expires_at = excluded.expires_at
      WHERE claim.expires_at <= ${clock.now()}::timestamptz
    RETURNING scope`;
}
