import type { BatchOutcome } from "../../core/collection.js";
import { Prisma } from "../generated/client.js";

/** The row that a write answers. */
export interface WritableCount {
  readonly targets: number;
  readonly writable: number;
}

/**
 * The outcome of a write. Every statement that ends in it provides `target`, one row when the collection has the
 * expected version, and `writable`, one row when the batch may also be stored.
 */
export const countWritable = Prisma.sql`SELECT (SELECT count(*)::int FROM target) AS targets, (SELECT count(*)::int FROM writable) AS writable`;

export function toOutcome([row]: readonly WritableCount[]): BatchOutcome {
  if (row?.targets !== 1) return "stale";
  return row.writable === 1 ? "stored" : "claimed";
}
