import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { vec } from "../book.js";
import { useVector, type VectorService } from "../vector-service.js";

export const get = "/v1/vector/get";
export const remove = "/v1/vector/delete";
export const asText = { "accept-type-allow-int64": "false" };
/** An integer that no double holds. */
export const huge = 9007199254740993n;

/** Opens a collection `book` of entities with these keys. */
export type OpenBook = (
  keyField: JsonObject,
  keys: readonly JsonValue[],
  options?: JsonObject,
) => Promise<VectorService>;

export function useEntities(): OpenBook {
  const open = useVector(milvus);
  return async (keyField, keys, options = {}) => {
    const service = open();
    await service.create({ collectionName: "book", fields: [keyField, vec], dynamic: true, ...options });
    if (keys.length > 0)
      await service.post("/v1/vector/insert", {
        collectionName: "book",
        data: keys.map((id) => ({ id, vec: [1, 2] })),
      });
    return service;
  };
}

/** The keys of the entities that `get` finds by these keys. */
export async function idsOf(
  { post }: VectorService,
  id: JsonValue,
  headers = {},
): Promise<readonly (JsonValue | undefined)[]> {
  const reply = await post(get, { collectionName: "book", id, outputFields: ["id"] }, headers);
  return (reply as unknown as { readonly data: readonly JsonObject[] }).data.map((row) => row["id"]); // get succeeds
}
