import type { JsonObject, JsonValue } from "../../src/json/value.js";

export const key: JsonObject = { name: "id", type: "Int64", primary: true };
export const vec: JsonObject = { name: "vec", type: "FloatVector", dim: 2 };
export const book: JsonObject = { collectionName: "book", fields: [key, vec], dynamic: true };
export const generated: JsonObject = { collectionName: "book", fields: [{ ...key, autoId: true }, vec] };

export function row(id: JsonValue, extra: JsonObject = {}): JsonObject {
  return { id, vec: [0.1, 0.2], ...extra };
}
