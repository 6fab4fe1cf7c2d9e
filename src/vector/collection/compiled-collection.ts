import type { Collection } from "../../core/collection.js";
import { RecentMap } from "../../core/recent-map.js";
import { compileField, type CompiledField } from "./compiled-field.js";
import { checkDescriptions, checkNames, checkTogether, findKey } from "../definition/definition-checks.js";
import { vectorCollectionDefinition, type VectorCollectionDefinition } from "../definition/definition.js";
import { denseKinds } from "../values/dense-kinds.js";
import { isVector } from "../definition/field.js";
import { checkIndexes } from "../definition/indexes.js";
import { createPacking, type Packing } from "../values/packing.js";

/** A collection prepared for checking and reading many records. */
export interface CompiledCollection {
  readonly definition: VectorCollectionDefinition;
  readonly name: string;
  /** In the order of the definition. */
  readonly fields: readonly CompiledField[];
  readonly fieldNames: ReadonlySet<string>;
  readonly key: CompiledField;
  readonly autoId: boolean;
  readonly dynamic: boolean;
  readonly hasVector: boolean;
  readonly packing: Packing;
}

/** @throws DefinitionError for the first invalid part, naming the field */
export function compileCollection(definition: VectorCollectionDefinition): CompiledCollection {
  checkNames(definition);
  checkDescriptions(definition);
  const keyIndex = findKey(definition.fields);
  const fields = definition.fields.map((field, index) => compileField(field, `fields.${index}`));
  checkTogether(
    definition.fields,
    fields.map((field) => field.shape),
  );
  checkIndexes(definition);
  const packed = fields.flatMap(({ shape, nullable }) =>
    shape.kind === "dense" ? [{ byteLength: denseKinds[shape.type].byteLength(shape.dim), nullable }] : [],
  );
  const key = fields[keyIndex];
  if (key === undefined) throw new Error("the primary key must be one of the fields");
  return {
    definition,
    name: definition.collectionName,
    fields,
    fieldNames: new Set(fields.map((field) => field.name)),
    key,
    autoId: definition.fields[keyIndex]?.autoId === true,
    dynamic: definition.dynamic,
    hasVector: fields.some((field) => isVector(field.shape)),
    packing: createPacking(packed),
  };
}

export type CompiledCollections = (collection: Collection) => CompiledCollection;

const maxCompiledCollections = 256;

/** Compiles each version of a collection once and drops the least recently used one. */
export function createCompiledCollections(): CompiledCollections {
  const compiled = new RecentMap<CompiledCollection>(maxCompiledCollections);
  return (collection) => {
    const name = `${collection.id}:${collection.version}`;
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const made = compileCollection(vectorCollectionDefinition.parse(collection.definition));
    compiled.set(name, made);
    return made;
  };
}
