import type { Claim, RecordBatch, WriteBatch } from "../core/store.js";
import { Prisma } from "./generated/client.js";
import { isUuid } from "./page.js";
import type { StoreParts } from "./store-parts.js";

/** Holds the collection until the end of the transaction; no row when it is gone or has another version. */
export function lockedTarget({ id, version }: RecordBatch["collection"]): Prisma.Sql {
  return Prisma.sql`target AS (
    SELECT id FROM collection WHERE id = ${isUuid(id) ? id : null}::uuid AND version = ${version}::int FOR KEY SHARE)`;
}

/** `target`, the collection locked, and `granted`: the same row when the batch may be stored, no row when somebody else has its claim. */
export function grantedBatch({ collection, claim }: WriteBatch, parts: StoreParts): Prisma.Sql {
  const target = lockedTarget(collection);
  if (claim === undefined) return Prisma.sql`${target}, granted AS (SELECT id FROM target)`;
  return Prisma.sql`${target}, claimed AS (${takeClaim(claim, parts)}), granted AS (SELECT target.id FROM target, claimed)`;
}

/** Waits for whoever is taking the same claim at this moment. One that has expired counts as free. */
function takeClaim({ scope, key, contentHash, result, expiresAt }: Claim, { json, clock }: StoreParts): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO claim (scope, key, content_hash, result, expires_at)
    SELECT ${scope}, ${key}, ${contentHash ?? null}, ${json.stringify(result)}::text::json, ${expiresAt}::timestamptz FROM target
    ON CONFLICT (scope, key) DO UPDATE
      SET content_hash = excluded.content_hash, result = excluded.result, expires_at = excluded.expires_at
      WHERE claim.expires_at <= ${clock.now()}::timestamptz
    RETURNING scope`;
}
