import type { JsonObject, JsonValue } from "../../json/value.js";
import type { NewRecord } from "../../core/record.js";
import { compactJsonBytes, isCertainlyWithin } from "../../json/size.js";
import { roundedIn } from "../../json/rounded.js";
import { shorten } from "../../json/quote.js";
import { findUnstorableText, UnstorableValueError } from "../../json/storable.js";
import type { CompiledCollection } from "./compiled-collection.js";
import type { CompiledField } from "./compiled-field.js";
import { Inspection, invalidParameter } from "../values/inspection.js";
import { checkJson, maxJsonBytes } from "../values/json-reader.js";
import { refuseRounded } from "../values/scalar-reader.js";
import { isIntegerType } from "../values/scalars.js";

/** A row as sent. */
export type Row = JsonObject | null;

export interface ReadRowsOptions {
  /** Whether the keys of a request must be unique. */
  readonly uniqueKeys: boolean;
  /** What the row with the index leaves unchanged by not naming it; undefined for a row that must be complete. */
  readonly keptBy?: (index: number) => KeptValues | undefined;
  /** Called when every value has the right type and shape. @throws RefusalError */
  readonly beforeSizes?: () => void;
}

/** The stored values of an entity. */
export interface KeptValues {
  readonly fields: JsonObject;
  /** The dense vectors in the order of the definition. */
  readonly vectors: readonly (Uint8Array | undefined)[];
}

/**
 * The rows as records, without keys where the collection generates them. The fields do not repeat the key.
 * @throws RefusalError with the first violation: types of all rows, then shapes, then sizes
 */
export function readVectorRows(
  collection: CompiledCollection,
  rows: readonly Row[],
  { uniqueKeys, keptBy, beforeSizes }: ReadRowsOptions,
): readonly NewRecord[] {
  const inspection = new Inspection();
  const seen = uniqueKeys ? new Map<string, number>() : undefined;
  const duplicates: number[] = [];
  if (!collection.hasVector) {
    inspection.noteShape({
      rule: "no-vector-field",
      cause: invalidParameter(`collection: ${collection.name} has no vector field or functions`),
    });
  }
  const records = rows.map((row, index) => {
    inspection.recordIndex = index;
    const record = readRow(collection, { row, kept: keptBy?.(index) }, inspection);
    if (seen !== undefined && record.key !== undefined) {
      if (seen.has(record.key)) duplicates.push(index);
      else seen.set(record.key, index);
    }
    return record;
  });
  const [duplicate] = duplicates;
  if (duplicate !== undefined) {
    inspection.recordIndex = duplicate;
    const cause = invalidParameter("duplicate primary keys are not allowed in the same batch");
    inspection.noteSize({ field: collection.key.name, rule: "unique", cause });
  }
  inspection.conclude(beforeSizes);
  return records;
}

interface RowUnderReading {
  readonly row: Row;
  readonly kept: KeptValues | undefined;
}

function readRow(collection: CompiledCollection, { row, kept }: RowUnderReading, inspection: Inspection): NewRecord {
  if (row === null) return refuseNull(inspection);
  const stored: Record<string, JsonValue> = {};
  const vectors: (Uint8Array | undefined)[] = [];
  let key: string | undefined;
  let present = 0;
  const rounded = roundedIn(row);
  for (const field of collection.fields) {
    // Every object inherits names such as `constructor`.
    const value = Object.hasOwn(row, field.name) ? row[field.name] : undefined;
    if (value !== undefined) present++;
    if (field === collection.key && collection.autoId) {
      checkGenerated(field.name, value, inspection);
      continue;
    }
    if (kept !== undefined && value === undefined && field !== collection.key) {
      if (field.shape.kind === "dense") vectors.push(kept.vectors[vectors.length]);
      else if (Object.hasOwn(kept.fields, field.name)) setMember(stored, field.name, kept.fields[field.name] ?? null);
      continue;
    }
    const read = readRowField(field, readableAs(field, value, rounded?.get(field.name), inspection), inspection);
    if (field === collection.key) key = isKey(read) ? toStorableKey(String(read), field, inspection) : undefined;
    else if (field.shape.kind === "dense") vectors.push(read instanceof Uint8Array ? read : undefined);
    else if (read !== undefined && !(read instanceof Uint8Array)) setMember(stored, field.name, read);
  }
  const keys = Object.keys(row);
  if (keys.length > present) readExtraKeys(collection, { row, keys, stored }, inspection);
  if (kept !== undefined) keepExtraKeys(collection, { kept, row, stored }, inspection);
  return { key, fields: stored, vectors: inspection.clean ? collection.packing.pack(vectors) : undefined };
}

/** Whether the value has a type of a primary key. */
function isKey(value: JsonValue | Uint8Array | undefined): value is string | number | bigint {
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}

/**
 * Checks a key here, with the name of its field: the store does not know the name, and checks only the keys of replaced
 * records.
 * @throws UnstorableValueError
 */
function toStorableKey(key: string, { name: field }: CompiledField, { recordIndex }: Inspection): string {
  const reason = findUnstorableText(key);
  if (reason !== undefined) throw new UnstorableValueError({ reason, recordIndex, field });
  return key;
}

function readRowField(
  field: CompiledField,
  value: JsonValue | undefined,
  inspection: Inspection,
): JsonValue | Uint8Array | undefined {
  if (value !== undefined && value !== null) return field.read(value, inspection);
  if (field.fallback !== undefined) return field.fallback;
  if (field.nullable) return null;
  const { name } = field;
  if (value === null)
    return inspection.refuse({
      field: name,
      rule: "not-nullable",
      cause: invalidParameter(`field ${name} is not nullable`),
    });
  return inspection.refuse({ field: name, rule: "required", cause: `field ${name} is required: missing parameter` });
}

/** A rounded number: its digits for a text, which keeps them, and for a Bool, which has none; a float takes the double. */
function readableAs(
  { name: field, shape }: CompiledField,
  value: JsonValue | undefined,
  written: string | undefined,
  inspection: Inspection,
): JsonValue | undefined {
  if (written === undefined) return value;
  if (shape.kind === "scalar" && isIntegerType(shape.type))
    return refuseRounded({ field, type: shape.type, written }, inspection);
  return shape.kind === "text" || (shape.kind === "scalar" && shape.type === "Bool") ? written : value;
}

function checkGenerated(field: string, value: JsonValue | undefined, inspection: Inspection): void {
  if (value === undefined || value === null || value === "") return;
  const cause = invalidParameter(`no need to pass pk field(${field}) when autoid==true in insert`);
  inspection.noteShape({ field, rule: "generated", cause });
}

interface ExtraKeys {
  readonly row: JsonObject;
  readonly keys: readonly string[];
  readonly stored: Record<string, JsonValue>;
}

function readExtraKeys(collection: CompiledCollection, { row, keys, stored }: ExtraKeys, inspection: Inspection): void {
  let bytes = 1;
  const mayExceed = !isCertainlyWithin(row, maxJsonBytes);
  for (const name of keys) {
    const value = row[name];
    if (collection.fieldNames.has(name) || value === undefined) continue;
    if (!collection.dynamic) {
      const cause = invalidParameter("has pass more field without dynamic schema, please check it");
      inspection.refuse({ field: name, rule: "unknown-field", cause });
    }
    if (name === "$meta") {
      const cause = invalidParameter("use the invalid field name($meta) when enable dynamicField");
      inspection.refuse({ field: name, rule: "reserved-field", cause });
    }
    const shown = shorten(name);
    checkJson(value, shown, inspection);
    if (mayExceed) bytes += memberBytes(name, value);
    setMember(stored, name, value);
  }
  checkExtraSize(bytes, inspection);
}

/** The stored keys outside the schema that the row does not name; those that it names count towards the size too. */
function keepExtraKeys(
  { fieldNames }: CompiledCollection,
  {
    kept,
    row,
    stored,
  }: { readonly kept: KeptValues; readonly row: JsonObject; readonly stored: Record<string, JsonValue> },
  inspection: Inspection,
): void {
  for (const [name, value] of Object.entries(kept.fields))
    if (!fieldNames.has(name) && !Object.hasOwn(row, name)) setMember(stored, name, value);
  const extra = Object.entries(stored).filter(([name]) => !fieldNames.has(name));
  checkExtraSize(
    extra.reduce((bytes, [name, value]) => bytes + memberBytes(name, value), 1),
    inspection,
  );
}

function memberBytes(name: string, value: JsonValue): number {
  return compactJsonBytes(name) + compactJsonBytes(value) + 2;
}

function checkExtraSize(bytes: number, inspection: Inspection): void {
  if (bytes <= maxJsonBytes) return;
  const problem = `the length (${bytes}) of dynamic field exceeds max length (${maxJsonBytes})`;
  const cause = invalidParameter(problem, {
    expected: "valid length dynamic field",
    actual: "length exceeds max length",
  });
  inspection.noteSize({ field: "$meta", rule: "max-length", cause });
}

/** An assignment to `__proto__` would set the prototype. */
function setMember(target: Record<string, JsonValue>, name: string, value: JsonValue): void {
  if (name === "__proto__")
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  else target[name] = value;
}

function refuseNull(inspection: Inspection): never {
  const cause = invalidParameter("NULL:0, FALSE:1, NUMBER:2, STRING:3, TRUE:4, JSON:5", {
    expected: "JSON",
    actual: "Null",
  });
  return inspection.refuse({ rule: "type", cause });
}
