import { Buffer } from "node:buffer";
import type { Collection } from "../../core/collection.js";
import type { JsonObject, JsonValue } from "../../json/value.js";
import { stringifyJson } from "../../json/stringify.js";
import { compileCollection } from "../collection/compiled-collection.js";
import {
  vectorCollectionDefinition,
  type VectorCollectionDefinition,
  type VectorFieldDefinition,
} from "../definition/definition.js";
import { isLoaded, toIndexes } from "../definition/indexes.js";
import { countPartitions } from "./partitions.js";

export interface DescribedCollection {
  readonly collection: Collection;
  readonly definition: VectorCollectionDefinition;
  readonly aliases: readonly string[];
}

/** Keys of partitions and clusters, shards and levels of consistency have no effect here beyond the description. */
export function describeV1({ collection, definition }: DescribedCollection): JsonObject {
  const fields = describeFields(definition).map((described, index) => ({
    ...described,
    type: typeWithSize(definition.fields[index]),
  }));
  return { collectionName: collection.name, ...describeTogether(definition), fields };
}

export function describeV2({ collection, definition, aliases }: DescribedCollection): JsonObject {
  const fields = describeFields(definition).map((described, index) => ({
    ...described,
    ...describeType(definition.fields[index]),
    id: firstFieldId + index,
  }));
  return {
    collectionName: collection.name,
    collectionID: toNumericId(collection.id),
    ...describeTogether(definition),
    autoId: definition.fields.some(({ autoId }) => autoId === true),
    fields,
    functions: [],
    aliases,
    partitionsNum: countPartitions(definition),
    consistencyLevel: definition.consistencyLevel ?? "Bounded",
    properties: (definition.properties ?? []).map((property) => ({ ...property })),
  };
}

/**
 * Whether a collection is the one that another definition declares, with defaults written out or not. Indexes that were
 * made since, and whether it is loaded, do not count.
 */
export function isSameDefinition(stored: JsonObject, wanted: JsonObject): boolean {
  const [left, right] = [vectorCollectionDefinition.parse(stored), vectorCollectionDefinition.parse(wanted)];
  const made = new Set(toIndexes(left).map((index) => stringifyJson({ ...index })));
  const isMade = toIndexes(right).every((index) => made.has(stringifyJson({ ...index })));
  return isMade && toComparableText(left) === toComparableText(right);
}

function toComparableText(definition: VectorCollectionDefinition): string {
  const { description = "", dynamic, shardsNum = 1, consistencyLevel = "Bounded", properties = [] } = definition;
  const settings = properties.map((property) => ({ ...property }));
  return stringifyJson([
    { description, dynamic, shardsNum, consistencyLevel, settings, partitions: countPartitions(definition) },
    describeFields(definition),
    definition.fields.map((field) => describeType(field)),
  ]);
}

function describeTogether(definition: VectorCollectionDefinition): JsonObject {
  const indexes = toIndexes(definition).map((index) => ({ ...index }));
  return {
    description: definition.description ?? "",
    enableDynamicField: definition.dynamic,
    indexes,
    load: isLoaded(definition) ? "LoadStateLoaded" : "LoadStateNotLoad",
    shardsNum: definition.shardsNum ?? 1,
  };
}

function describeFields(definition: VectorCollectionDefinition): readonly JsonObject[] {
  const { fields } = compileCollection(definition);
  return definition.fields.map((field, index) => {
    const { name, type, primary = false, autoId = false, nullable = false, description = "" } = field;
    const fallback = fields[index]?.fallback;
    const described = {
      name,
      primaryKey: primary,
      partitionKey: field.partitionKey ?? false,
      clusteringKey: field.clusteringKey ?? false,
      autoId,
      nullable,
      description,
    };
    return fallback === undefined ? described : { ...described, defaultValue: { Data: toTypedValue(type, fallback) } };
  });
}

/** The server numbers user fields from 100 on: smaller numbers belong to its own fields. */
const firstFieldId = 100;

/** The last 60 bits of the UUID. */
export function toNumericId(uuid: string): bigint {
  return BigInt(`0x${uuid.replaceAll("-", "").slice(-15)}`);
}

function typeWithSize(field: VectorFieldDefinition | undefined): string {
  const { type = "", dim, maxLength } = field ?? {};
  const size = type === "Array" ? undefined : (dim ?? maxLength);
  return size === undefined ? type : `${type}(${size})`;
}

function describeType(field: VectorFieldDefinition | undefined): JsonObject {
  const { type = "", elementType, dim, maxLength, maxCapacity } = field ?? {};
  const params = Object.entries({ dim, max_length: maxLength, max_capacity: maxCapacity }).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: String(value) }],
  );
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
  return member === undefined
    ? { BytesData: Buffer.from(stringifyJson(value)).toString("base64") }
    : { [member]: value };
}
