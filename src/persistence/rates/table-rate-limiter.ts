import { RateLimiterPrisma } from "rate-limiter-flexible";
import type { PrismaClient } from "../generated/client.js";
import type { Tables } from "../tables.js";

export interface RateTable {
  readonly prisma: PrismaClient;
  readonly tables: Tables;
}

interface UsedRow {
  readonly points: number;
  readonly remaining_ms: number;
}

/**
 * Counts in a table that all processes on the database share. A process remembers a name without points until its second
 * is over, and asks no more meanwhile.
 */
export class TableRateLimiter extends RateLimiterPrisma {
  readonly #table: RateTable;

  constructor(table: RateTable, limit: { readonly name: string; readonly perSecond: number }) {
    const { name: keyPrefix, perSecond: points } = limit;
    super({
      storeClient: table.prisma,
      keyPrefix,
      points,
      duration: 1,
      inMemoryBlockOnConsumed: points,
      clearExpiredByTimeout: false,
    });
    this.#table = table;
  }

  /**
   * Replaces that of the base class, which calls it: one statement instead of two, and the clock of the database, so
   * the clocks of processes need not agree.
   */
  async _upsert(key: string, points: number, durationMs: number): Promise<{ points: number; expire: Date }> {
    const { prisma, tables } = this.#table;
    const [row] = await prisma.$queryRaw<UsedRow[]>`
      INSERT INTO ${tables.rate_use} AS used (key, points, expires_at)
      VALUES (${key}, ${points}::int, now() + ${durationMs}::float8 * interval '1 millisecond')
      ON CONFLICT (key) DO UPDATE SET
        points = CASE WHEN used.expires_at <= now() THEN excluded.points
          ELSE LEAST(used.points::bigint + excluded.points, 2147483647)::int END,
        expires_at = CASE WHEN used.expires_at <= now() THEN excluded.expires_at ELSE used.expires_at END
      RETURNING points, (EXTRACT(EPOCH FROM expires_at - now()) * 1000)::float8 AS remaining_ms`;
    if (row === undefined) throw new Error("counting answered no row");
    return { points: row.points, expire: new Date(Date.now() + row.remaining_ms) };
  }
}
