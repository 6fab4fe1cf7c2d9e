import type { Violation } from "../../core/failure.js";
import type { JsonObject, JsonValue } from "../../core/json.js";
import { explainUnstorable, maxDepth } from "../../contract/storable.js";

/** Every step behind this one may walk a record without minding its stack. */
export function findTooDeep(records: readonly JsonObject[]): Violation | undefined {
  for (const [recordIndex, record] of records.entries()) {
    for (const [field, value] of Object.entries(record)) {
      if (isDeeper(value, maxDepth - 1)) return { recordIndex, field, rule: "depth", message: explainUnstorable("depth") };
    }
  }
  return undefined;
}

function isDeeper(value: JsonValue, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  for (const member of Array.isArray(value) ? (value as readonly JsonValue[]) : Object.values(value)) {
    if (typeof member === "object" && isDeeper(member, levels - 1)) return true;
  }
  return false;
}
