import { z } from "zod";
import type { JsonObject, JsonValue } from "../../json/value.js";
import { listOf } from "../../contract/schema/list-of.js";
import { shorten } from "../../json/quote.js";
import { roundedIn } from "../../json/rounded.js";
import {
  denseVectorTypes,
  scalarTypes,
  vectorFieldTypes,
  type VectorFieldDefinition,
} from "../definition/definition.js";
import { refuseParameter, vectorFailuresV2 } from "../failures/vector-failures.js";
import { isOneOf } from "../definition/field.js";
import { toIndexDefinition, type UnjudgedIndex } from "./index-parameters.js";
import { invalidParameter, showBriefly } from "../values/inspection.js";

export const optionalText = z.string().nullish();
const optionalFlag = z.boolean().nullish();
const anyJson = z.custom<JsonValue | undefined>();
export const parameters = z.record(z.string(), anyJson).nullish();

const declaredField = z.object({
  fieldName: optionalText,
  dataType: optionalText.describe("The type, e.g. `Int64`, `VarChar`, `FloatVector`."),
  elementDataType: optionalText.describe("The type of the elements of an `Array`."),
  isPrimary: optionalFlag,
  isPartitionKey: optionalFlag.describe("Whether its values select the partition; described, of no effect."),
  isClusteringKey: optionalFlag.describe("Described, of no effect."),
  nullable: optionalFlag,
  defaultValue: anyJson.optional(),
  elementTypeParams: parameters.describe("`dim`, `max_length`, `max_capacity`: numbers, also as text."),
});

export const declaredSchema = z.object({
  fields: listOf(declaredField).nullish(),
  functions: z.array(anyJson).nullish().describe("Not served: must be empty."),
  structFields: z.array(anyJson).nullish().describe("Not served: must be empty."),
  autoID: optionalFlag.describe("Whether the primary key is generated."),
  autoId: optionalFlag.describe("The same as `autoID`, in the spelling of the documentation."),
  enableDynamicField: optionalFlag.describe("Default: false."),
});

export const indexParams = listOf(
  z.object({
    fieldName: optionalText,
    indexName: optionalText,
    metricType: optionalText,
    indexType: optionalText,
    params: parameters,
  }),
).nullish();

interface DeclaredSchema {
  readonly schema: z.output<typeof declaredSchema>;
  readonly indexParams: z.output<typeof indexParams>;
}

/**
 * Fields, indexes and `dynamic` of a definition.
 * @throws RefusalError for an unknown type and for an index of an unknown field
 */
export function readDeclaredSchema({
  schema: { fields, autoID, autoId, enableDynamicField },
  indexParams: indexes,
}: DeclaredSchema): JsonObject {
  const generated = autoID ?? autoId ?? false;
  const names = new Set(fields?.map(({ fieldName }) => fieldName));
  const unknown = indexes?.find(({ fieldName }) => !names.has(fieldName));
  if (unknown !== undefined) {
    const problem = `\`${shorten(unknown.fieldName ?? "")}\` hasn't defined in schema`;
    throw vectorFailuresV2.refuse("missing-parameters", { problem }, [
      { field: "indexParams", rule: "unknown-field", message: problem },
    ]);
  }
  return withoutUndefined({
    fields: fields?.map((each, position) => readDeclaredField(each, { position, generated })),
    indexes: indexes?.map((each, position) => toJsonIndex(toIndexDefinition(each, `indexParams.${position}`))),
    dynamic: enableDynamicField ?? false,
  });
}

function readDeclaredField(
  declared: z.output<typeof declaredField>,
  { position, generated }: { readonly position: number; readonly generated: boolean },
): JsonObject {
  const { fieldName, dataType, elementDataType, isPrimary, nullable, defaultValue, elementTypeParams } = declared;
  const { isPartitionKey, isClusteringKey } = declared;
  const place = `schema.fields.${position}`;
  const type = readWord(vectorFieldTypes, dataType, { field: `${place}.dataType`, what: "data type" });
  const elementType =
    type === "Array"
      ? readWord(scalarTypes, elementDataType, { field: `${place}.elementDataType`, what: "element data type" })
      : undefined;
  checkDefault(declared, type, place);
  // The server ignores a parameter that the type does not have.
  const take = (name: string, isTaken: boolean) => (isTaken ? readNumericText(elementTypeParams?.[name]) : undefined);
  return withoutUndefined({
    name: fieldName ?? "",
    type,
    primary: isPrimary || undefined,
    autoId: (isPrimary && generated) || undefined,
    dim: take("dim", isOneOf(denseVectorTypes, type)),
    maxLength: take("max_length", (elementType ?? type) === "VarChar"),
    maxCapacity: take("max_capacity", type === "Array"),
    elementType,
    nullable: nullable || undefined,
    partitionKey: isPartitionKey || undefined,
    clusteringKey: isClusteringKey || undefined,
    default: defaultValue ?? undefined,
  });
}

/** The JSON types of defaults; a default of any other type is any JSON value. */
const defaultTypes: Partial<Record<VectorFieldDefinition["type"], "boolean" | "number" | "string">> = {
  Bool: "boolean",
  Int8: "number",
  Int16: "number",
  Int32: "number",
  Int64: "number",
  Float: "number",
  Double: "number",
  VarChar: "string",
};

/** A number of these types is its double. */
const inexactTypes = ["Float", "Double", "JSON"] as const satisfies readonly VectorFieldDefinition["type"][];

/** A value of a record may be the text of a number, a default may not. @throws RefusalError */
function checkDefault(
  declared: z.output<typeof declaredField>,
  type: VectorFieldDefinition["type"],
  place: string,
): void {
  const { fieldName, defaultValue = null } = declared;
  if (defaultValue === null) return;
  const rounded = roundedIn(declared)?.get("defaultValue");
  const sent = typeof defaultValue === "bigint" ? "number" : typeof defaultValue;
  const isOfType = (defaultTypes[type] ?? sent) === sent;
  if (isOfType && (rounded === undefined || isOneOf(inexactTypes, type))) return;
  const shown = rounded ?? showBriefly(defaultValue);
  const problem = `field ${fieldName ?? ""}: the default does not fit the type ${type}: ${shown}`;
  throw refuseParameter({ field: `${place}.defaultValue`, rule: "default", cause: invalidParameter(shorten(problem)) });
}

function readWord<Word extends string>(
  words: readonly Word[],
  given: string | null | undefined,
  { field, what }: { readonly field: string; readonly what: string },
): Word {
  const word = given ?? "";
  if (isOneOf(words, word)) return word;
  throw refuseParameter({
    field,
    rule: "type",
    cause: `invalid parameter, ${what} ${shorten(word)} is invalid(case sensitive).`,
  });
}

/** Clients also write numbers as text; the checks of the definition refuse any other value. */
export function readNumericText(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : (value ?? undefined);
}

function toJsonIndex({ params, ...index }: UnjudgedIndex): JsonObject {
  return { ...index, ...(params && { params: params.map((each) => ({ ...each })) }) };
}

/** An absent member must not be stored as null. */
export function withoutUndefined(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}
