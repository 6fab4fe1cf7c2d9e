import { z } from "zod";
import type { JsonObject } from "../../json/value.js";
import { collectionBody } from "./body.js";
import { readSettings } from "./create-settings.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter, showBriefly } from "../values/inspection.js";
import { parseBool } from "../values/scalars.js";
import { indexParams, parameters, readDeclaredSchema, declaredSchema, readNumericText } from "./schema-v2.js";

export const createBodyV2 = collectionBody.extend({
  dimension: z.int32().nullish().describe("Number of elements of the vector, where there is no schema."),
  idType: z.string().nullish().describe("`Int64` or `VarChar`, where there is no schema. Default: `Int64`."),
  autoID: z
    .boolean()
    .nullish()
    .describe("Whether the primary key is generated, where there is no schema. Default: false."),
  metricType: z.string().nullish().describe("The metric of the vector, where there is no schema. Default: `COSINE`."),
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
  for (const member of ["functions", "structFields"] as const) {
    if (!body.schema?.[member]?.length) continue;
    throw refuseParameter({
      field: `schema.${member}`,
      rule: "unsupported",
      cause: invalidParameter(`${member} are not supported`, { expected: "schema", actual: member }),
    });
  }
  const declared = body.schema?.fields?.length
    ? readDeclaredSchema({ schema: body.schema, indexParams: body.indexParams })
    : toQuickSchema(body);
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

function toQuickSchema({
  dimension,
  idType,
  autoID,
  metricType,
  primaryFieldName,
  vectorFieldName,
  params,
}: CreateBody): JsonObject {
  if (!dimension) {
    const problem = "dimension is required for quickly create collection(default metric type: COSINE)";
    throw refuseParameter({
      field: "dimension",
      rule: "required",
      cause: invalidParameter(problem, { expected: "collectionName & dimension", actual: "collectionName" }),
    });
  }
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
      { name: vector, type: "FloatVector", dim: dimension },
    ],
    indexes: [{ fieldName: vector, metricType: metricType || "COSINE" }],
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
