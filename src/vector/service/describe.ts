import { Buffer } from "node:buffer";
import type { Collection } from "../../core/collection.js";
import type { JsonObject, JsonValue } from "../../json/value.js";
import { stringifyJson } from "../../json/stringify.js";
import { compileCollection } from "../collection/compiled-collection.js";
import { vectorCollectionDefinition, type VectorCollectionDefinition, type VectorFieldDefinition } from "../definition/definition.js";
import { toIndexes } from "../definition/indexes.js";

export interface DescribedCollection {
  readonly collection: Collection;
  readonly definition: VectorCollectionDefinition;
  readonly aliases: readonly string[];
}

/** Partition and clustering keys, shards, partitions and levels of consistency have no effect here: the description has the server's defaults. */
export function describeV1({ collection, definition }: DescribedCollection): JsonObject {
  const fields = describeFields(definition).map((described, index) => ({ ...described, type: typeWithSize(definition.fields[index]) }));
  return { collectionName: collection.name, ...describeTogether(definition), fields };
}

export function describeV2({ collection, definition, aliases }: DescribedCollection): JsonObject {
  const fields = describeFields(definition).map((described, index) => ({ ...described, ...describeType(definition.fields[index]), id: firstFieldId + index }));
  return {
    collectionName: collection.name,
    collectionID: toNumericId(collection.id),
    ...describeTogether(definition),
    autoId: definition.fields.some(({ autoId }) => autoId === true),
    fields,
    functions: [],
    aliases,
    partitionsNum: 1,
    consistencyLevel: "Bounded",
    properties: [],
  };
}

/** Whether two definitions of a collection are equivalent, with defaults written out or not. */
export function isSameDefinition(left: JsonObject, right: JsonObject): boolean {
  return toComparableText(left) === toComparableText(right);
}

function toComparableText(stored: JsonObject): string {
  const definition = vectorCollectionDefinition.parse(stored);
  return stringifyJson([describeTogether(definition), describeFields(definition), definition.fields.map((field) => describeType(field))]);
}

function describeTogether(definition: VectorCollectionDefinition): JsonObject {
  const indexes = toIndexes(definition).map((index) => ({ ...index }));
  return {
    description: definition.description ?? "",
    enableDynamicField: definition.dynamic,
    indexes,
    load: indexes.length > 0 ? "LoadStateLoaded" : "LoadStateNotLoad",
    shardsNum: 1,
  };
}

function describeFields(definition: VectorCollectionDefinition): readonly JsonObject[] {
  const { fields } = compileCollection(definition);
  return definition.fields.map(({ name, type, primary = false, autoId = false, nullable = false, description = "" }, index) => {
    const fallback = fields[index]?.fallback;
    const described = { name, primaryKey: primary, partitionKey: false, clusteringKey: false, autoId, nullable, description };
    return fallback === undefined ? described : { ...described, defaultValue: { Data: toTypedValue(type, fallback) } };
  });
}

/** The server numbers user fields from 100 on: smaller numbers belong to its own fields. */
const firstFieldId = 100;

/** The last 60 bits of the UUID. */
function toNumericId(uuid: string): bigint {
  return BigInt(`0x${uuid.replaceAll("-", "").slice(-15)}`);
}

function typeWithSize(field: VectorFieldDefinition | undefined): string {
  const { type = "", dim, maxLength } = field ?? {};
  const size = type === "Array" ? undefined : (dim ?? maxLength);
  return size === undefined ? type : `${type}(${size})`;
}

function describeType(field: VectorFieldDefinition | undefined): JsonObject {
  const { type = "", elementType, dim, maxLength, maxCapacity } = field ?? {};
  const params = Object.entries({ dim, max_length: maxLength, max_capacity: maxCapacity }).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: String(value) }]));
  return { type, ...(params.length > 0 && { params }), ...(elementType !== undefined && { elementType }) };
}

/** The member of a value, by type, in the server's own protocol. */
const valueMembers: Partial<Record<VectorFieldDefinition["type"], string>> = {
  Bool: "BoolData",
  Int8: "IntData",
  Int16: "IntData",
  Int32: "IntData",
  Int64: "LongData",
  Float: "FloatData",
  Double: "DoubleData",
  VarChar: "StringData",
};

function toTypedValue(type: VectorFieldDefinition["type"], value: JsonValue): JsonObject {
  const member = valueMembers[type];
  return member === undefined ? { BytesData: Buffer.from(stringifyJson(value)).toString("base64") } : { [member]: value };
}
