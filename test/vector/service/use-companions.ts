import { expect } from "vitest";
import type { JsonObject, JsonValue } from "../../../src/json/value.js";
import { milvus } from "../../../src/providers/milvus/index.js";
import { create, done, key, root, vec, withFields } from "../book-v2.js";
import { useVector } from "../vector-service.js";

export const inBook = { collectionName: "book" };

/** Posts to a path of the second version. */
export type Ask = (path: string, body?: JsonValue) => Promise<JsonValue | undefined>;

export interface Companions {
  readonly ask: Ask;
  readonly createBook: (more: JsonObject) => Promise<JsonValue | undefined>;
}

/** Opens a service, and one with the collection `book`. */
export function useCompanions(): {
  readonly open: () => Companions;
  readonly openBook: (more?: JsonObject) => Promise<Ask>;
} {
  const openMilvus = useVector(milvus);
  const open = (): Companions => {
    const service = openMilvus();
    return {
      ask: (path, body = {}) => service.post(`${root}/${path}`, body),
      createBook: (more) => create(service, more),
    };
  };
  return {
    open,
    openBook: async (more = withFields([key, vec])) => {
      const { ask, createBook } = open();
      expect(await createBook(more)).toEqual(done);
      return ask;
    },
  };
}

/** The body of a write to `book` of entities with these keys. */
export function rowsOf(...ids: readonly JsonValue[]): JsonObject {
  return { ...inBook, data: ids.map((id) => ({ id, vec: [1, 2] })) };
}
