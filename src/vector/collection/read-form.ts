import { isJsonArray, type JsonObject, type JsonValue } from "../../json/value.js";
import type { StoredRecord } from "../../core/record.js";
import { toInteger } from "../../json/number-text.js";
import type { CompiledCollection } from "./compiled-collection.js";
import { denseKinds } from "../values/dense-kinds.js";
import type { FieldShape } from "../definition/field.js";

/** The fields of the schema in its order, then the dynamic keys: numbers exact, binary and 16-bit vectors as base64. */
export function toReadForm(collection: CompiledCollection, record: StoredRecord): JsonObject {
  const vectors = collection.packing.unpack(record.vectors).values();
  const known = collection.fields.map((field): [string, JsonValue] => {
    const { name, shape } = field;
    if (field === collection.key) return [name, keyValue(collection, record.key ?? "")];
    if (shape.kind !== "dense") return [name, Object.hasOwn(record.fields, name) ? (record.fields[name] ?? null) : null];
    const bytes = vectors.next().value;
    return [name, bytes === undefined ? null : denseKinds[shape.type].decode(bytes)];
  });
  const dynamic = Object.entries(record.fields).filter(([name]) => !collection.fieldNames.has(name));
  // Object.fromEntries defines members, so that `__proto__` is a plain key.
  return Object.fromEntries([...known, ...dynamic]);
}

/** A row in read form with its Int64 values, including those in arrays, as text; JSON and dynamic keys keep their numbers. */
export function int64AsText({ fields }: CompiledCollection, row: JsonObject): JsonObject {
  const changed = fields.flatMap(({ name, shape }): [string, JsonValue][] => (isInt64(shape) ? [[name, int64ToText(row[name] ?? null)]] : []));
  return { ...row, ...Object.fromEntries(changed) };
}

function isInt64(shape: FieldShape): boolean {
  return (shape.kind === "scalar" && shape.type === "Int64") || (shape.kind === "array" && shape.elementType === "Int64");
}

function int64ToText(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(int64ToText);
  return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
}

/** An Int64 key as an exact integer, a VarChar key as text. */
export function keyValue(collection: CompiledCollection, key: string): number | bigint | string {
  return collection.key.shape.kind === "text" ? key : toInteger(key);
}
