import type { Claim } from "../../core/claim.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorable } from "../guards/storable-json.js";
import type { StoreParts } from "./store-parts.js";

/**
 * Inserts the claim and returns its scope, once for each row of `source` (absent: once). Returns no row when another
 * write holds the claim; waits while another transaction takes it. An expired claim counts as free.
 */
export function insertClaim(
  claim: Claim,
  { tables, clock }: Pick<StoreParts, "tables" | "clock">,
  source = Prisma.empty,
): Prisma.Sql {
  const { scope, key, contentHash, result, expiresAt } = claim;
  return Prisma.sql`
    INSERT INTO ${tables.claim} (scope, key, content_hash, result, expires_at)
    SELECT ${scope}, ${key}, ${contentHash ?? null}, ${stringifyStorable(result)}::text::json, ${expiresAt}::timestamptz ${source}
    ON CONFLICT (scope, key) DO UPDATE
      SET content_hash = excluded.content_hash, result = excluded.result, expires_at = excluded.expires_at
      WHERE claim.expires_at <= ${clock.now()}::timestamptz
    RETURNING scope`;
}
