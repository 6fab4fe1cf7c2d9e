import type { Claim, ClaimStore } from "../../core/claim.js";
import { parseJson } from "../../json/parse.js";
import { insertClaim } from "./insert-claim.js";
import type { StoreParts } from "./store-parts.js";

interface ClaimRow {
  readonly content_hash: string | null;
  readonly result: string;
  readonly expires_at: Date;
}

export class PrismaClaimStore implements ClaimStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async findClaim(scope: string, key: string): Promise<Claim | undefined> {
    const { prisma, tables, clock } = this.#parts;
    const [row] = await prisma.$queryRaw<ClaimRow[]>`
      SELECT content_hash, result::text AS result, expires_at FROM ${tables.claim}
      WHERE scope = ${scope} AND key = ${key} AND expires_at > ${clock.now()}::timestamptz`;
    if (row === undefined) return undefined;
    return {
      scope,
      key,
      contentHash: row.content_hash ?? undefined,
      result: parseJson(row.result),
      expiresAt: row.expires_at,
    };
  }

  async takeClaim(claim: Claim): Promise<Claim> {
    const taken = await this.#parts.prisma.$queryRaw<unknown[]>`${insertClaim(claim, this.#parts)}`;
    if (taken.length > 0) return claim;
    // The claim may have expired in between and be free again.
    return (await this.findClaim(claim.scope, claim.key)) ?? this.takeClaim(claim);
  }
}
