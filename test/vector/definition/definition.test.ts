import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DefinitionError } from "../../../src/contract/provider.js";
import { vectorCollectionDefinition } from "../../../src/vector/definition/definition.js";
import type { JsonObject } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { randomIds } from "../../../src/host/system.js";
import { compile } from "../reading.js";

const key: JsonObject = { name: "id", type: "Int64", primary: true };

function refusalOf(fields: readonly JsonObject[], options: JsonObject = {}): Pick<DefinitionError, "field" | "rule" | "message"> | undefined {
  try {
    compile(fields, options);
    return undefined;
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error;
  }
}

const many = (count: number, field: JsonObject): JsonObject[] => Array.from({ length: count }, (_, index) => ({ name: `f${index}`, ...field }));

describe("a definition is refused", () => {
  it.each<[string, JsonObject, string, string, RegExp]>([
    ["dim missing", { type: "FloatVector" }, "fields.1.dim", "required", /^field x: dim is required/],
    ["dim too small", { type: "FloatVector", dim: 1 }, "fields.1.dim", "range", /in range 2 ~ 32768/],
    ["dim too large", { type: "Int8Vector", dim: 32769 }, "fields.1.dim", "range", /in range 2 ~ 32768/],
    ["dim of a BinaryVector", { type: "BinaryVector", dim: 12 }, "fields.1.dim", "range", /multiple of 8/],
    ["dim of a sparse vector", { type: "SparseFloatVector", dim: 8 }, "fields.1.dim", "unknown-option", /cannot have dim/],
    ["maxLength missing", { type: "VarChar" }, "fields.1.maxLength", "required", /maxLength/],
    ["maxLength too large", { type: "VarChar", maxLength: 65536 }, "fields.1.maxLength", "range", /from 1 to 65535/],
    ["maxLength of a number", { type: "Int8", maxLength: 5 }, "fields.1.maxLength", "unknown-option", /cannot have maxLength/],
    ["capacity missing", { type: "Array", elementType: "Int8" }, "fields.1.maxCapacity", "required", /maxCapacity/],
    ["capacity too large", { type: "Array", elementType: "Int8", maxCapacity: 4097 }, "fields.1.maxCapacity", "range", /from 1 to 4096/],
    ["element type missing", { type: "Array", maxCapacity: 5 }, "fields.1.elementType", "required", /elementType/],
    ["length of elements missing", { type: "Array", elementType: "VarChar", maxCapacity: 5 }, "fields.1.maxLength", "required", /maxLength/],
    ["a second key", { type: "Int64", primary: true }, "fields.1.primary", "primary-key", /second primary key/],
    ["autoId beside the key", { type: "Int64", autoId: true }, "fields.1.autoId", "primary-key", /only the primary key/],
    ["a default of another type", { type: "Int8", default: 300 }, "fields.1.default", "default", /field x: the default does not fit the type Int8/],
    ["a default that is too long", { type: "VarChar", maxLength: 1, default: "ab" }, "fields.1.default", "default", /exceeds max length/],
    ["a default of a vector", { type: "FloatVector", dim: 2, default: [1, 2] }, "fields.1.default", "unknown-option", /cannot have a default/],
    ["a name taken twice", { name: "id", type: "Int8" }, "fields.1.name", "unique", /another field has the name/],
    ["a name with a dash", { name: "a-b", type: "Int8" }, "fields.1.name", "name-characters", /"a-b"/],
    ["an empty name", { name: "", type: "Int8" }, "fields.1.name", "name-start", /field name/],
    ["a long name", { name: "a".repeat(256), type: "Int8" }, "fields.1.name", "name-length", /field name/],
  ])("for %s", (_name, field, path, rule, message) => {
    const refused = refusalOf([key, { name: "x", ...field }]);
    expect(refused).toMatchObject({ field: path, rule });
    expect(refused?.message).toMatch(message);
  });

  it.each<[string, readonly JsonObject[], JsonObject, string, string]>([
    ["no key", [{ name: "a", type: "Int64" }], {}, "fields", "primary-key"],
    ["a key of another type", [{ ...key, type: "Int32" }], {}, "fields.0.type", "primary-key"],
    ["a key that may be null", [{ ...key, nullable: true }], {}, "fields.0.nullable", "primary-key"],
    ["a key with a default", [{ ...key, default: 1 }], {}, "fields.0.default", "unknown-option"],
    ["65 fields", [key, ...many(64, { type: "Int8" })], {}, "fields", "max-fields"],
    ["5 dense vectors", [key, ...many(5, { type: "FloatVector", dim: 2 })], {}, "fields", "max-vector-fields"],
    ["the name of the collection", [key], { collectionName: "1a" }, "collectionName", "name-start"],
    ["the name of the database", [key], { dbName: "" }, "dbName", "name-start"],
    ["a description of 65,536 characters", [key], { description: "x".repeat(65_536) }, "description", "max-length"],
    ["an index of no field", [key], { indexes: [{ fieldName: "b" }] }, "indexes.0.fieldName", "unknown-field"],
    ["two indexes of a field", [key], { indexes: [{ fieldName: "id" }, { fieldName: "id", indexName: "b" }] }, "indexes.1.fieldName", "unique"],
    ["two indexes of a name", [key, { name: "b", type: "Int8" }], { indexes: [{ fieldName: "id", indexName: "b" }, { fieldName: "b" }] }, "indexes.1.indexName", "unique"],
    ["the name of an index", [key], { indexes: [{ fieldName: "id", indexName: "a b" }] }, "indexes.0.indexName", "name"],
    ["a metric of a scalar", [key], { indexes: [{ fieldName: "id", metricType: "L2" }] }, "indexes.0.metricType", "metric-type"],
    ["a metric of another type", [key, { name: "v", type: "BinaryVector", dim: 8 }], { indexes: [{ fieldName: "v", metricType: "L2" }] }, "indexes.0.metricType", "metric-type"],
  ])("for %s", (_name, fields, options, path, rule) => {
    expect(refusalOf(fields, options)).toMatchObject({ field: path, rule });
  });

  it("for keys it does not know", () => {
    expect(vectorCollectionDefinition.safeParse({ collectionName: "a", fields: [key], shards: 1 }).success).toBe(false);
    expect(vectorCollectionDefinition.safeParse({ collectionName: "a", fields: [{ ...key, kind: 1 }] }).success).toBe(false);
    expect(vectorCollectionDefinition.safeParse({ collectionName: "a", fields: [key], indexes: [{ fieldName: "id", nlist: 1 }] }).success).toBe(false);
    expect(vectorCollectionDefinition.safeParse({ collectionName: "a", fields: [key], indexes: many(65, { fieldName: "id" }) }).success).toBe(false);
  });
});

describe("a definition", () => {
  it("may reach every limit", () => {
    const fields = [key, ...many(4, { type: "FloatVector", dim: 32768 }), { name: "s", type: "SparseFloatVector" }];
    expect(refusalOf([...fields, ...many(58, { type: "Int8" }).map((field, index) => ({ ...field, name: `g${index}` }))])).toBeUndefined();
    expect(refusalOf([key, { name: "b", type: "BinaryVector", dim: 262144 }])).toBeUndefined();
  });

  it("goes to the database it names, else to the default one", () => {
    const { collections } = milvus;
    const toCollection = (options: JsonObject) => collections.toCollection(collections.definition.parse({ collectionName: "book", fields: [key], ...options }), randomIds);
    expect(toCollection({})).toMatchObject({ name: "book", space: { name: "default", definition: {} }, definition: { dynamic: false, dbName: "default" } });
    expect(toCollection({ dbName: "library" })).toMatchObject({ space: { name: "library" } });
  });

  it("is a JSON Schema whose every key is described", () => {
    const schema = z.toJSONSchema(vectorCollectionDefinition, { io: "input" });
    const fields = z.toJSONSchema(vectorCollectionDefinition.shape.fields.element, { io: "input" });
    const indexes = z.toJSONSchema(vectorCollectionDefinition.shape.indexes.unwrap().element, { io: "input" });
    const described = [schema, fields, indexes].flatMap(({ properties = {} }) => Object.values(properties).map((property) => typeof property === "object" && property.description));
    expect(described.every((description) => typeof description === "string" && description !== "")).toBe(true);
    expect(schema).toMatchObject({ additionalProperties: false, required: ["collectionName", "fields"] });
  });
});
