import { DefinitionError } from "../../contract/provider.js";
import { shorten } from "../../json/quote.js";
import {
  defaultDatabase,
  maxFields,
  type VectorCollectionDefinition,
  type VectorFieldDefinition,
} from "./definition.js";
import type { FieldShape } from "./field.js";
import { findNameFault } from "./name-faults.js";

/** Counts dense vectors: examples of the documentation have a sparse one beside four of them. */
const maxVectors = 4;
const maxDescription = 65535;

/** Checks the names of the collection and its database. @throws DefinitionError */
export function checkNames({ collectionName, dbName }: VectorCollectionDefinition): void {
  checkName("collectionName", collectionName);
  if (dbName !== defaultDatabase) checkName("dbName", dbName);
}

function checkName(field: "collectionName" | "dbName", name: string): void {
  const problem = findNameFault(name);
  if (problem === undefined) return;
  const message = `${JSON.stringify(shorten(name))} must be 1 to 255 letters, digits and underscores and not start with a digit`;
  throw new DefinitionError({ field, rule: `name-${problem}`, message });
}

/** @throws DefinitionError */
export function checkDescriptions({ description, fields }: VectorCollectionDefinition): void {
  const described = [
    { field: "description", text: description },
    ...fields.map((each, index) => ({ field: `fields.${index}.description`, text: each.description })),
  ];
  for (const { field, text = "" } of described) {
    if (text.length > maxDescription)
      throw new DefinitionError({
        field,
        rule: "max-length",
        message: `${field} must have at most ${maxDescription} characters`,
      });
  }
}

/** The index of the primary key. @throws DefinitionError for none and for several */
export function findKey(fields: readonly VectorFieldDefinition[]): number {
  const [index, second] = fields.flatMap((field, position) => (field.primary === true ? [position] : []));
  if (index === undefined) throw refuseFields("primary-key", "exactly one field must be the primary key");
  if (second !== undefined)
    throw refuseField(fields, second, { option: "primary", rule: "primary-key", problem: "is a second primary key" });
  const type = fields[index]?.type;
  if (type !== "Int64" && type !== "VarChar") {
    throw refuseField(fields, index, {
      option: "type",
      rule: "primary-key",
      problem: "a primary key must be of type Int64 or VarChar",
    });
  }
  if (fields[index]?.nullable === true) {
    throw refuseField(fields, index, {
      option: "nullable",
      rule: "primary-key",
      problem: "a primary key cannot be nullable",
    });
  }
  return index;
}

/** Checks the fields against each other. @throws DefinitionError */
export function checkTogether(fields: readonly VectorFieldDefinition[], shapes: readonly FieldShape[]): void {
  if (fields.length > maxFields)
    throw refuseFields("max-fields", `a collection has at most ${maxFields} fields, not ${fields.length}`);
  const vectors = shapes.filter(({ kind }) => kind === "dense").length;
  if (vectors > maxVectors)
    throw refuseFields(
      "max-vector-fields",
      `a collection has at most ${maxVectors} dense vector fields, not ${vectors}`,
    );
  const names = new Set<string>();
  for (const [index, field] of fields.entries()) {
    if (names.has(field.name))
      throw refuseField(fields, index, { option: "name", rule: "unique", problem: "another field has the name" });
    names.add(field.name);
    if (field.partitionKey === true && (field.nullable === true || field.primary === true)) {
      const [option, problem] =
        field.primary === true
          ? (["partitionKey", "the primary key cannot be the partition key"] as const)
          : (["nullable", "partition key field not support nullable"] as const);
      throw refuseField(fields, index, { option, rule: "partition-key", problem });
    }
    if (field.autoId === true && field.primary !== true) {
      throw refuseField(fields, index, {
        option: "autoId",
        rule: "primary-key",
        problem: "only the primary key can be generated",
      });
    }
  }
}

interface OptionFault {
  readonly option: keyof VectorFieldDefinition;
  readonly rule: string;
  readonly problem: string;
}

function refuseField(
  fields: readonly VectorFieldDefinition[],
  index: number,
  { option, rule, problem }: OptionFault,
): DefinitionError {
  return new DefinitionError({
    field: `fields.${index}.${option}`,
    rule,
    message: `field ${fields[index]?.name ?? index}: ${problem}`,
  });
}

function refuseFields(rule: string, message: string): DefinitionError {
  return new DefinitionError({ field: "fields", rule, message });
}
