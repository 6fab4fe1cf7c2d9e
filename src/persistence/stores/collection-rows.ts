import type { Collection, Space } from "../../core/collection.js";
import { parseJson } from "../../json/parse.js";
import { isJsonObject, type JsonObject } from "../../json/value.js";
import { Prisma } from "../generated/client.js";
import type { JsonSize } from "../reading/json-size.js";
import type { LargeRows } from "../reading/large-rows.js";
import type { ScopedParts } from "./store-parts.js";

export interface SpaceRow {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly definition: string;
}

export interface CollectionRow extends LightCollectionRow {
  readonly definition: string;
}

export interface LightCollectionRow {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  /** Null: left out. */
  readonly definition: string | null;
  readonly space_id: string;
  readonly space_name: string;
  readonly space_version: number;
  readonly version: number;
  readonly created_at: Date;
  readonly sequence: bigint;
}

/** The columns of `CollectionRow`, from `collection AS c` and `space AS s`. */
export const collectionColumns = columnsWith(Prisma.sql`c.definition::text`);

const definition = Prisma.sql`c.definition`;

/** The columns of `LightCollectionRow`, without definitions that may have more than `light` bytes. */
export function lightCollectionColumns(light: number, size: JsonSize): Prisma.Sql {
  return columnsWith(Prisma.sql`CASE WHEN ${size.isAtMost(definition, light)} THEN c.definition::text END`);
}

function columnsWith(shown: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`c.id, c.provider, c.name, ${shown} AS definition, c.space_id, s.name AS space_name, s.version AS space_version, c.version, c.created_at, c.sequence`;
}

export function largeCollections({ prisma, tables, jsonSize, scope }: ScopedParts): LargeRows<LightCollectionRow> {
  const oneOf = (rows: readonly LightCollectionRow[]) => Prisma.sql`
    FROM ${tables.collection} c JOIN ${tables.space} s ON s.id = c.space_id
    WHERE c.id = ANY(${rows.map(({ id }) => id)}::uuid[])`;
  return {
    scope,
    isLeftOut: ({ definition }) => definition === null,
    sizeOf: ({ definition }) => definition?.length ?? 0,
    keyOf: ({ id }) => id,
    weigh: (rows) => prisma.$queryRaw`
      SELECT c.id AS key, ${jsonSize.weigh(definition)} AS weight, ${jsonSize.isExact(definition)} AS exact ${oneOf(rows)}`,
    read: (rows) => prisma.$queryRaw`SELECT ${collectionColumns} ${oneOf(rows)}`,
  };
}

export function toSpace(row: SpaceRow): Space {
  return { id: row.id, provider: row.provider, name: row.name, definition: parseObject(row.definition) };
}

export function toCollection(row: LightCollectionRow): Collection {
  const { definition } = row;
  if (definition === null) throw new TypeError("a collection is used before its definition is read");
  return {
    id: row.id,
    provider: row.provider,
    spaceId: row.space_id,
    spaceName: row.space_name,
    name: row.name,
    definition: parseObject(definition),
    version: row.version,
    spaceVersion: row.space_version,
    createdAt: row.created_at,
  };
}

export function parseObject(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new TypeError("a stored definition or record is not a JSON object");
  return value;
}

/** The row of the space; the columns of the collection are null when the space has none of that name. */
export type LocatedRow = { readonly [Column in keyof CollectionRow]: CollectionRow[Column] | null } & {
  readonly space_version: number;
  readonly found_space_id: string;
  readonly found_space_definition: string;
};

export function isFound(row: LocatedRow): row is LocatedRow & CollectionRow {
  return row.id !== null;
}
