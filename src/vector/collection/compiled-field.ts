import type { JsonValue } from "../../json/value.js";
import { RefusalError } from "../../contract/failures/failure-row.js";
import { DefinitionError } from "../../contract/provider.js";
import { arrayReader } from "../values/array-reader.js";
import type { VectorFieldDefinition } from "../definition/definition.js";
import { denseReader } from "../values/dense-reader.js";
import { checkFieldName, toShape, type FieldShape } from "../definition/field.js";
import { Inspection } from "../values/inspection.js";
import { jsonReader } from "../values/json-reader.js";
import { scalarReader, textReader } from "../values/scalar-reader.js";
import { sparseReader } from "../values/sparse-reader.js";
import type { ValueReader } from "../values/value-reader.js";

/** A field with the readers of its values. */
export interface CompiledField {
  readonly name: string;
  readonly shape: FieldShape;
  readonly nullable: boolean;
  /** The default in its stored form; undefined for a field without a default. */
  readonly fallback: JsonValue | undefined;
  readonly read: ValueReader<JsonValue | Uint8Array>;
}

/** @throws DefinitionError */
export function compileField(definition: VectorFieldDefinition, path: string): CompiledField {
  const { name, nullable = false } = definition;
  checkFieldName(name, path);
  const shape = toShape(definition, path);
  return { name, shape, nullable, fallback: toFallback(definition, { shape, path }), read: readerOf(name, shape) };
}

function readerOf(name: string, shape: FieldShape): ValueReader<JsonValue | Uint8Array> {
  switch (shape.kind) {
    case "scalar":
      return scalarReader(name, shape.type);
    case "text":
      return textReader(name, shape.maxLength);
    case "json":
      return jsonReader(name);
    case "array":
      return arrayReader(name, shape);
    case "dense":
      return denseReader(name, shape.type, shape.dim);
    case "sparse":
      return sparseReader(name);
  }
}

/** Reads the default with the rules for a record's value of the field. */
function toFallback(definition: VectorFieldDefinition, { shape, path }: { shape: FieldShape; path: string }): JsonValue | undefined {
  const { name, type } = definition;
  // The definition was parsed from JSON.
  const value = definition.default as JsonValue | undefined;
  if (value === undefined || value === null) return undefined;
  const field = `${path}.default`;
  if (definition.primary === true || !["scalar", "text", "json"].includes(shape.kind)) {
    throw new DefinitionError({ field, rule: "unknown-option", message: `field ${name}: a ${definition.primary === true ? "primary key" : type} cannot have a default` });
  }
  try {
    const inspection = new Inspection();
    const stored = readerOf(name, shape)(value, inspection);
    inspection.conclude();
    return stored instanceof Uint8Array ? undefined : stored;
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    const reason = error.details.violations?.[0]?.message ?? "it is not a value of the field";
    throw new DefinitionError({ field, rule: "default", message: `field ${name}: the default does not fit the type ${type}: ${reason}` });
  }
}
