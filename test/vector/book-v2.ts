import type { JsonObject, JsonValue } from "../../src/json/value.js";
import type { VectorService } from "./vector-service.js";

export const root = "/v2/vectordb";
/** The reply to a change that has nothing to tell. */
export const done: JsonObject = { code: 0, data: {} };
export const asText = { "accept-type-allow-int64": "false" };
export const key: JsonObject = { fieldName: "id", dataType: "Int64", isPrimary: true };
export const vec: JsonObject = { fieldName: "vec", dataType: "FloatVector", elementTypeParams: { dim: 2 } };

/** Creates the collection `book`. */
export function create({ post }: VectorService, body: JsonObject): Promise<JsonValue | undefined> {
  return post(`${root}/collections/create`, { collectionName: "book", ...body });
}

export function withFields(fields: readonly JsonObject[], more: JsonObject = {}): JsonObject {
  return { schema: { fields, ...more } };
}
