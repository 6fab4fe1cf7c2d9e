import type { Collection, Space } from "../../core/collection.js";
import { parseJson } from "../../json/parse.js";
import { isJsonObject, type JsonObject } from "../../json/value.js";
import { Prisma } from "../generated/client.js";

export interface SpaceRow {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly definition: string;
}

export interface CollectionRow extends SpaceRow {
  readonly space_id: string;
  readonly space_name: string;
  readonly version: number;
  readonly created_at: Date;
  readonly sequence: bigint;
}

/** The columns of `CollectionRow`, from `collection AS c` and `space AS s`. */
export const collectionColumns = Prisma.sql`c.id, c.provider, c.name, c.definition::text AS definition, c.space_id, s.name AS space_name, c.version, c.created_at, c.sequence`;

export function toSpace(row: SpaceRow): Space {
  return { id: row.id, provider: row.provider, name: row.name, definition: parseObject(row.definition) };
}

export function toCollection(row: CollectionRow): Collection {
  return {
    id: row.id,
    provider: row.provider,
    spaceId: row.space_id,
    spaceName: row.space_name,
    name: row.name,
    definition: parseObject(row.definition),
    version: row.version,
    createdAt: row.created_at,
  };
}

export function parseObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new TypeError("a stored definition or record is not a JSON object");
  return value;
}
