import type { TakePart } from "../../src/contract/cut-records.js";
import type { StoredReceipt } from "../../src/core/write.js";
import type { JsonObject } from "../../src/json/value.js";

/** Five records, which `byTwo` cuts into parts of two, two and one. */
export const records = Array.from({ length: 5 }, (_none, id): JsonObject => ({ id }));

export const byTwo: TakePart = (first) => ({
  recordCount: Math.min(2, records.length - first),
  measures: new Map([["first", first]]),
});

export function stored(count: number, details: Partial<StoredReceipt> = {}): StoredReceipt {
  return { status: "stored", count, skippedCount: 0, ids: [], warnings: [], ...details };
}
