import { DefinitionRefused } from "../../contract/provider.js";
import { shorten } from "../../json/quote.js";
import { defaultDatabase, maxFields, type CollectionDefinition, type FieldDefinition } from "./definition.js";
import type { FieldShape } from "./field.js";
import { findNameProblem } from "./names.js";

/** Dense ones: the contract's own examples have a sparse one beside four of them. */
const maxVectors = 4;
const maxDescription = 65535;

/** Names of the collection and its database. @throws DefinitionRefused */
export function checkNames({ collectionName, dbName }: CollectionDefinition): void {
  checkName("collectionName", collectionName);
  if (dbName !== defaultDatabase) checkName("dbName", dbName);
}

function checkName(field: "collectionName" | "dbName", name: string): void {
  const problem = findNameProblem(name);
  if (problem === undefined) return;
  const message = `${JSON.stringify(shorten(name))} must be 1 to 255 letters, digits and underscores and not start with a digit`;
  throw new DefinitionRefused({ field, rule: `name-${problem}`, message });
}

/** @throws DefinitionRefused */
export function checkDescriptions({ description, fields }: CollectionDefinition): void {
  const described = [{ field: "description", text: description }, ...fields.map((each, index) => ({ field: `fields.${index}.description`, text: each.description }))];
  for (const { field, text = "" } of described) {
    if (text.length > maxDescription) throw new DefinitionRefused({ field, rule: "max-length", message: `${field} has at most ${maxDescription} characters` });
  }
}

/** Where the one primary key is. @throws DefinitionRefused */
export function findKey(fields: readonly FieldDefinition[]): number {
  const [index, second] = fields.flatMap((field, position) => (field.primary === true ? [position] : []));
  if (index === undefined) throw refuseFields("primary-key", "exactly one field must be the primary key");
  if (second !== undefined) throw refuseField(fields, second, { option: "primary", rule: "primary-key", problem: "is a second primary key" });
  const type = fields[index]?.type;
  if (type !== "Int64" && type !== "VarChar") {
    throw refuseField(fields, index, { option: "type", rule: "primary-key", problem: "a primary key is of type Int64 or VarChar" });
  }
  if (fields[index]?.nullable === true) {
    throw refuseField(fields, index, { option: "nullable", rule: "primary-key", problem: "a primary key cannot be nullable" });
  }
  return index;
}

/** What fields may not have beside others. @throws DefinitionRefused */
export function checkTogether(fields: readonly FieldDefinition[], shapes: readonly FieldShape[]): void {
  if (fields.length > maxFields) throw refuseFields("max-fields", `a collection has at most ${maxFields} fields, not ${fields.length}`);
  const vectors = shapes.filter(({ kind }) => kind === "dense").length;
  if (vectors > maxVectors) throw refuseFields("max-vector-fields", `a collection has at most ${maxVectors} dense vector fields, not ${vectors}`);
  const names = new Set<string>();
  for (const [index, field] of fields.entries()) {
    if (names.has(field.name)) throw refuseField(fields, index, { option: "name", rule: "unique", problem: "the name is taken by another field" });
    names.add(field.name);
    if (field.autoId === true && field.primary !== true) {
      throw refuseField(fields, index, { option: "autoId", rule: "primary-key", problem: "only the primary key can be generated" });
    }
  }
}

interface Problem {
  readonly option: keyof FieldDefinition;
  readonly rule: string;
  readonly problem: string;
}

function refuseField(fields: readonly FieldDefinition[], index: number, { option, rule, problem }: Problem): DefinitionRefused {
  return new DefinitionRefused({ field: `fields.${index}.${option}`, rule, message: `field ${fields[index]?.name ?? index}: ${problem}` });
}

function refuseFields(rule: string, message: string): DefinitionRefused {
  return new DefinitionRefused({ field: "fields", rule, message });
}
