import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { roundedIn } from "../../json/rounded.js";
import { fitsFloat32, toShortestFloat32 } from "./float32.js";
import { invalidParameter, quoteValue } from "./inspection.js";
import type { ValueReader } from "./value-reader.js";

/** Exclusive: the largest uint32 is not an index. */
const indexEnd = 4294967295;

/** Pairs of index and value, or the server's text for a fault. */
type Entries = readonly (readonly [JsonValue, JsonValue])[] | string;

/** Reads either form into `{ index: value }`. */
export function sparseReader(field: string): ValueReader {
  return (value, inspection) => {
    if (typeof value === "string") {
      const cause = invalidParameter(`field ${field} expects a vector, got the text of one: ${quoteValue(value)}`);
      return inspection.refuse({ field, rule: "type", cause });
    }
    const read = isJsonObject(value) ? toVector(toEntries(value)) : "invalid JSON input";
    if (typeof read !== "string") return read;
    return inspection.refuse({ field, rule: "type", cause: invalidParameter(read, { expected: "SparseFloatVector", actual: value }) });
  };
}

function toEntries(value: JsonObject): Entries {
  const indices = Object.hasOwn(value, "indices") ? value["indices"] : undefined;
  const values = Object.hasOwn(value, "values") ? value["values"] : undefined;
  if (indices === undefined && values === undefined) return toKeyedEntries(value);
  if (!isJsonArray(indices) || !isJsonArray(values)) return "invalid JSON input";
  if (indices.length !== values.length) return "indices and values length mismatch";
  const [written] = roundedIn(indices)?.values() ?? [];
  if (written !== undefined) return explainIndex(written);
  return indices.map((index, position) => [index, values[position] ?? null] as const);
}

/** A key is the text of its index. */
function toKeyedEntries(value: JsonObject): Entries {
  const entries = Object.entries(value);
  const [bad] = entries.find(([key]) => !/^\d+$/.test(key)) ?? [];
  if (bad !== undefined) return `strconv.ParseUint: parsing ${quoteValue(bad)}: invalid syntax`;
  return entries.map(([key, element]) => [Number(key), element] as const);
}

function toVector(entries: Entries): JsonObject | string {
  if (typeof entries === "string") return entries;
  const read = new Map<number, number>();
  for (const [written, value] of entries) {
    const index = toIndex(written);
    if (typeof index === "string") return index;
    const number = toElement(value);
    if (typeof number === "string") return number;
    if (read.has(index)) return "unsorted or same indices in sparse float vector";
    read.set(index, number);
  }
  return Object.fromEntries([...read].sort(([left], [right]) => left - right));
}

function toIndex(written: JsonValue): number | string {
  if (typeof written !== "number" && typeof written !== "bigint") return `invalid index type in JSON: ${jsonKindOf(written)}`;
  const index = Number(written);
  if (!Number.isInteger(index) || index < 0 || index >= indexEnd) return explainIndex(written);
  return index;
}

function explainIndex(written: number | bigint | string): string {
  return `invalid index ${written}: it must be a whole number below 2^32-1`;
}

function toElement(value: JsonValue): number | string {
  if (typeof value !== "number" && typeof value !== "bigint") return `invalid value type in JSON: ${jsonKindOf(value)}`;
  const number = Number(value);
  if (number < 0) return "negative value in sparse float vector";
  return fitsFloat32(number) ? toShortestFloat32(number) : "value is outside the float32 range";
}

function jsonKindOf(value: JsonValue): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  return Array.isArray(value) ? "array" : typeof value;
}
