import { z } from "zod";
import type { JsonObject, JsonValue } from "../../json/value.js";
import { listOf } from "../../contract/schema/list-of.js";
import { shorten } from "../../json/quote.js";
import { denseVectorTypes, fieldTypes, scalarTypes } from "../definition/definition.js";
import { refuseParameter, vectorFailuresV2 } from "../failures/vector-failures.js";
import { isOneOf } from "../definition/field.js";

const text = z.string().nullish();
const flag = z.boolean().nullish();
/** Any JSON. */
const json = z.custom<JsonValue | undefined>();
export const parameters = z.record(z.string(), json).nullish();

const field = z.object({
  fieldName: text,
  dataType: text.describe("As in `Int64`, `VarChar`, `FloatVector`."),
  elementDataType: text.describe("Of an `Array`."),
  isPrimary: flag,
  nullable: flag,
  defaultValue: json.optional(),
  elementTypeParams: parameters.describe("`dim`, `max_length`, `max_capacity`: numbers, also as text."),
});

export const schema = z.object({
  fields: listOf(field).nullish(),
  functions: z.array(json).nullish().describe("Not served."),
  autoID: flag.describe("Whether the primary key is generated."),
  autoId: flag.describe("The same in the spelling of the documentation."),
  enableDynamicField: flag.describe("Default: false."),
});

export const indexParams = listOf(z.object({ fieldName: text, indexName: text, metricType: text })).nullish();

interface Declared {
  readonly schema: z.output<typeof schema>;
  readonly indexParams: z.output<typeof indexParams>;
}

/** Fields, indexes and `dynamic` of a definition. @throws Refusal at a type or a field of an index that does not exist */
export function readSchema({ schema: { fields, autoID, autoId, enableDynamicField }, indexParams: indexes }: Declared): JsonObject {
  const generated = autoID ?? autoId ?? false;
  const names = new Set(fields?.map(({ fieldName }) => fieldName));
  const unknown = indexes?.find(({ fieldName }) => !names.has(fieldName));
  if (unknown !== undefined) {
    const problem = `\`${shorten(unknown.fieldName ?? "")}\` hasn't defined in schema`;
    throw vectorFailuresV2.refuse("missing-parameters", { problem }, [{ field: "indexParams", rule: "unknown-field", message: problem }]);
  }
  return withoutUndefined({
    fields: fields?.map((each, position) => readField(each, { position, generated })),
    indexes: indexes?.map(({ fieldName, indexName, metricType }) =>
      withoutUndefined({ fieldName: fieldName ?? "", indexName: indexName || undefined, metricType: metricType || undefined }),
    ),
    dynamic: enableDynamicField ?? false,
  });
}

function readField(declared: z.output<typeof field>, { position, generated }: { readonly position: number; readonly generated: boolean }): JsonObject {
  const { fieldName, dataType, elementDataType, isPrimary, nullable, defaultValue, elementTypeParams } = declared;
  const place = `schema.fields.${position}`;
  const type = readWord(fieldTypes, dataType, { field: `${place}.dataType`, what: "data type" });
  const elementType = type === "Array" ? readWord(scalarTypes, elementDataType, { field: `${place}.elementDataType`, what: "element data type" }) : undefined;
  // The server takes no notice of a parameter that the type does not have.
  const take = (name: string, isTaken: boolean) => (isTaken ? toNumber(elementTypeParams?.[name]) : undefined);
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
    default: defaultValue ?? undefined,
  });
}

function readWord<Word extends string>(words: readonly Word[], given: string | null | undefined, { field, what }: { readonly field: string; readonly what: string }): Word {
  const word = given ?? "";
  if (isOneOf(words, word)) return word;
  throw refuseParameter({ field, rule: "type", cause: `invalid parameter, ${what} ${shorten(word)} is invalid(case sensitive).` });
}

/** Clients write numbers also as text; anything else is left for the definition's own checks to refuse. */
export function toNumber(value: JsonValue | undefined): JsonValue | undefined {
  return typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : (value ?? undefined);
}

/** What is not there must not be stored as null. */
function withoutUndefined(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}
