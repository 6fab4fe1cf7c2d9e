import { z } from "zod";
import type { JsonObject } from "../../json/value.js";
import { collectionBody } from "./body.js";

export const createBodyV1 = collectionBody.extend({
  dimension: z
    .int32()
    .refine((dimension) => dimension !== 0)
    .describe("Number of elements of the vector."),
  description: z.string().nullish().describe("A description of the collection."),
  metricType: z.string().nullish().describe("The metric of the vector. Default: `L2`."),
  primaryField: z.string().nullish().describe("Name of the generated primary key. Default: `id`."),
  vectorField: z.string().nullish().describe("Name of the vector. Default: `vector`."),
  enableDynamicField: z.boolean().nullish().describe("Whether rows may have keys that the schema does not name. Default: true."),
});

/** The definition of a collection with a generated key and one vector, loaded. */
export function toDefinitionV1(body: z.output<typeof createBodyV1>, dbName: string): JsonObject {
  const { collectionName, dimension, primaryField, vectorField, metricType, enableDynamicField } = body;
  const vector = vectorField ?? "vector";
  return {
    collectionName,
    dbName,
    ...(body.description && { description: body.description }),
    fields: [
      { name: primaryField ?? "id", type: "Int64", primary: true, autoId: true },
      { name: vector, type: "FloatVector", dim: dimension },
    ],
    indexes: [{ fieldName: vector, indexName: "vector_idx", metricType: metricType ?? "L2" }],
    dynamic: enableDynamicField ?? true,
  };
}
