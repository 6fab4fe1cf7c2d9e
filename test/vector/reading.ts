import { RefusalError } from "../../src/contract/failures/failure-row.js";
import { parseJson } from "../../src/json/parse.js";
import { stringifyJson } from "../../src/json/stringify.js";
import { compileCollection, type CompiledCollection } from "../../src/vector/collection/compiled-collection.js";
import { vectorCollectionDefinition } from "../../src/vector/definition/definition.js";
import { toReadForm } from "../../src/vector/collection/read-form.js";
import { readVectorRows, type Row } from "../../src/vector/collection/row-reader.js";
import type { Violation } from "../../src/core/failure.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import type { NewRecord, StoredRecord } from "../../src/core/record.js";

export function compile(fields: readonly JsonObject[], options: JsonObject = {}): CompiledCollection {
  return compileCollection(vectorCollectionDefinition.parse({ collectionName: "book", fields, ...options }));
}

const idAndVector: readonly JsonObject[] = [
  { name: "id", type: "Int64", primary: true },
  { name: "vec", type: "FloatVector", dim: 2 },
];

/** A collection whose field `x` is under test. */
export function withField(field: JsonObject, options: JsonObject = {}): CompiledCollection {
  return compile([...idAndVector, { name: "x", ...field }], options);
}

export function rowWith(x: JsonValue): JsonObject {
  return { id: 1, vec: [1, 2], x };
}

export interface Refused {
  readonly failure: string;
  readonly cause: string;
  readonly violation: Violation | undefined;
}

/** What the rows are refused with. @throws Error when they are taken */
export function refusedRows(collection: CompiledCollection, rows: readonly Row[], uniqueKeys = false): Refused {
  try {
    readVectorRows(collection, rows, { uniqueKeys });
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const { failure, parameters, violations } = error.details;
    return { failure, cause: String(parameters?.["cause"]), violation: violations?.[0] };
  }
  throw new Error("the rows were taken");
}

/** The rows as they are read back. */
export function readBack(collection: CompiledCollection, rows: readonly Row[]): readonly JsonObject[] {
  return readVectorRows(collection, rows, { uniqueKeys: false }).map((record) =>
    toReadForm(collection, toStored(record)),
  );
}

export function readBackField(field: JsonObject, value: JsonValue): JsonValue | undefined {
  return readBack(withField(field), [rowWith(value)])[0]?.["x"];
}

/** As the database keeps it: JSON as text. */
function toStored(record: NewRecord): StoredRecord {
  const fields = parseJson(stringifyJson(record.fields));
  if (!isJsonObject(fields)) throw new Error("the fields are no object");
  return { ...record, fields, id: "1", number: 1n, collectionId: "1", insertedAt: new Date(0) };
}
