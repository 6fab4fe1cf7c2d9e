import { z } from "zod";
import type { JsonObject } from "../../json/value.js";
import { collectionBody } from "./body.js";
import type { VectorFieldDefinition } from "../definition/definition.js";
import { isOneOf } from "../definition/field.js";
import { shorten } from "../../json/quote.js";
import { readSettings } from "./create-settings.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter, showBriefly } from "../values/inspection.js";
import { parseBool } from "../values/scalars.js";
import { indexParams, parameters, readDeclaredSchema, declaredSchema, readNumericText } from "./schema-v2.js";

export const createBodyV2 = collectionBody.extend({
  dimension: z
    .int32()
    .nullish()
    .describe("Number of elements of the vector, where there is no schema; not of a sparse one."),
  vectorFieldType: z
    .string()
    .nullish()
    .describe("The type of the vector, where there is no schema. Default: `FloatVector`."),
  idType: z.string().nullish().describe("`Int64` or `VarChar`, where there is no schema. Default: `Int64`."),
  autoID: z
    .boolean()
    .nullish()
    .describe("Whether the primary key is generated, where there is no schema. Default: false."),
  metricType: z
    .string()
    .nullish()
    .describe("The metric of the vector, where there is no schema. Default: that of the vector's type, `COSINE`."),
  primaryFieldName: z.string().nullish().describe("Name of the primary key, where there is no schema. Default: `id`."),
  vectorFieldName: z.string().nullish().describe("Name of the vector, where there is no schema. Default: `vector`."),
  description: z.string().nullish().describe("A description of the collection."),
  params: parameters.describe(
    "`max_length` and `enableDynamicField`, where there is no schema; `shardsNum`, `partitionsNum`, `consistencyLevel`, `ttlSeconds` and others are described.",
  ),
  consistencyLevel: z.string().nullish().describe("Described, of no effect. Default: `Bounded`."),
  properties: parameters.describe("Properties of the collection; described, of no effect."),
  schema: declaredSchema.nullish().describe("The fields. Without fields the collection has a key and one vector."),
  indexParams: indexParams.describe("The indexes of a schema. A collection without indexes is not loaded."),
});

type CreateBody = z.output<typeof createBodyV2>;

/** @throws RefusalError */
export function toDefinitionV2(body: CreateBody, dbName: string): JsonObject {
  const { collectionName, description } = body;
  const isQuick = !body.schema?.fields?.length;
  for (const member of ["functions", "structFields"] as const) {
    if (!body.schema?.[member]?.length) continue;
    throw refuseParameter({
      field: `schema.${member}`,
      rule: "unsupported",
      cause: invalidParameter(`${member} are not supported${isQuick ? " for quickly create collection" : ""}`, {
        expected: "schema",
        actual: member,
      }),
    });
  }
  const declared =
    isQuick || !body.schema
      ? toQuickSchema(body)
      : readDeclaredSchema({ schema: body.schema, indexParams: body.indexParams });
  const settings = readSettings(body);
  return { collectionName, dbName, ...(description && { description }), ...declared, ...settings };
}

const keyTypes = new Map([
  ["", "Int64"],
  ["Int64", "Int64"],
  ["int64", "Int64"],
  ["VarChar", "VarChar"],
  ["Varchar", "VarChar"],
]);

const quickVectorTypes = [
  "FloatVector",
  "BinaryVector",
  "Float16Vector",
  "BFloat16Vector",
  "SparseFloatVector",
] as const satisfies readonly VectorFieldDefinition["type"][];

/** The type of the vector, and its dimension unless it is sparse. @throws RefusalError */
function readQuickVector({ dimension, vectorFieldType }: CreateBody): JsonObject {
  const type = vectorFieldType || "FloatVector";
  if (!isOneOf(quickVectorTypes, type)) {
    const expected = quickVectorTypes.join(", ");
    const problem = `vectorFieldType can only be [${expected}], default: FloatVector`;
    throw refuseParameter({
      field: "vectorFieldType",
      rule: "type",
      cause: invalidParameter(problem, { expected, actual: shorten(type) }),
    });
  }
  if (type === "SparseFloatVector") {
    if (!dimension) return { type };
    const problem = `dimension should not be specified for ${type} quick create`;
    throw refuseParameter({ field: "dimension", rule: "sparse", cause: invalidParameter(problem) });
  }
  if (dimension) return { type, dim: dimension };
  const problem = "dimension is required for quickly create collection(default metric type: COSINE)";
  throw refuseParameter({
    field: "dimension",
    rule: "required",
    cause: invalidParameter(problem, { expected: "collectionName & dimension", actual: "collectionName" }),
  });
}

function toQuickSchema(body: CreateBody): JsonObject {
  const { idType, autoID, metricType, primaryFieldName, vectorFieldName, params } = body;
  const vectorType = readQuickVector(body);
  const type = keyTypes.get(idType ?? "");
  if (type === undefined) {
    const problem = "idType can only be [Int64, VarChar], default: Int64";
    throw refuseParameter({
      field: "idType",
      rule: "type",
      cause: invalidParameter(problem, { expected: "Int64, Varchar", actual: idType ?? "" }),
    });
  }
  const maxLength = type === "VarChar" ? readNumericText(params?.["max_length"]) : undefined;
  const vector = vectorFieldName || "vector";
  return {
    fields: [
      {
        name: primaryFieldName || "id",
        type,
        primary: true,
        ...(autoID && { autoId: true }),
        ...(maxLength !== undefined && { maxLength }),
      },
      { name: vector, ...vectorType },
    ],
    indexes: [{ fieldName: vector, ...(metricType && { metricType }) }],
    dynamic: isDynamic(params),
  };
}

function isDynamic(params: CreateBody["params"]): boolean {
  const { enableDynamicField: sentFlag = true } = params ?? {};
  const dynamic = parseBool(sentFlag);
  if (dynamic !== undefined) return dynamic;
  const cause = `parse enableDynamicField fail, err:strconv.ParseBool: parsing ${JSON.stringify(showBriefly(sentFlag))}: invalid syntax`;
  throw refuseParameter({ field: "params.enableDynamicField", rule: "type", cause });
}
