import { isJsonArray, type JsonValue } from "../../json/value.js";
import { nestsTooDeeply } from "../../json/depth.js";
import { compactJsonBytes } from "../../json/size.js";
import { maxDepth } from "../../json/storable.js";
import { invalidParameter, type Inspection } from "./inspection.js";
import { isBeyond64Bits } from "./scalars.js";
import type { ValueReader } from "./value-reader.js";

/** Maximum size in bytes of a JSON field, and of all dynamic keys of a row together. */
export const maxJsonBytes = 65536;

export function jsonReader(field: string): ValueReader {
  return (value, inspection) => {
    checkJson(value, field, inspection);
    const bytes = compactJsonBytes(value);
    if (bytes <= maxJsonBytes) return value;
    const problem = `the length (${bytes}) of json field (${field}) exceeds max length (${maxJsonBytes})`;
    const cause = invalidParameter(problem, { expected: "valid length json string", actual: "length exceeds max length" });
    inspection.noteSize({ field, rule: "max-length", cause });
    return undefined;
  };
}

/** @throws RefusalError for a value that the server's JSON engine cannot store */
export function checkJson(value: JsonValue, field: string, inspection: Inspection): void {
  if (nestsTooDeeply(value)) {
    const cause = invalidParameter(`field ${field} nests deeper than ${maxDepth} levels, which the JSON engine cannot read`);
    inspection.refuse({ field, rule: "depth", cause });
  }
  const integer = findHugeInteger(value);
  if (integer === undefined) return;
  const problem = `field ${field} integer ${integer} exceeds the 64-bit range supported by the JSON engine, write it as a floating-point literal or as a string`;
  inspection.refuse({ field, rule: "range", cause: invalidParameter(problem) });
}

/** Recursive: the caller has checked the depth. */
function findHugeInteger(value: JsonValue): bigint | undefined {
  if (typeof value === "bigint") return isBeyond64Bits(value) ? value : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const member of isJsonArray(value) ? value : Object.values(value)) {
    const found = findHugeInteger(member);
    if (found !== undefined) return found;
  }
  return undefined;
}
