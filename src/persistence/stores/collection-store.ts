import type {
  Collection,
  CollectionFilter,
  CollectionStore,
  CollectionVersion,
  CreationOutcome,
  LocatedCollection,
  NewCollection,
  RenamedCollection,
  Space,
} from "../../core/collection.js";
import type { Page, PageRequest } from "../../core/page.js";
import type { Visibility, VisibleSpaces } from "../../core/access/visibility.js";
import type { JsonObject } from "../../json/value.js";
import {
  collectionColumns,
  type CollectionRow,
  isFound,
  largeCollections,
  type LightCollectionRow,
  lightCollectionColumns,
  type LocatedRow,
  type SpaceRow,
  toCollection,
  toSpace,
} from "./collection-rows.js";
import { completeRows, lightBytes } from "../reading/large-rows.js";
import { Prisma } from "../generated/client.js";
import { completePage, emptyPage } from "../reading/page.js";
import { repeatConflicts } from "../sql-state.js";
import { isStorableText, stringifyStorable } from "../guards/storable-json.js";
import { isUuid } from "../uuid.js";
import { renameStoredCollection } from "./rename-collection.js";
import { hasMember, lacksMember } from "./space-members.js";
import type { ScopedParts } from "./store-parts.js";
import { isVisible } from "./visible-spaces.js";

const maxCreateAttempts = 5;

export class PrismaCollectionStore implements CollectionStore {
  readonly #parts: ScopedParts;

  constructor(parts: ScopedParts) {
    this.#parts = parts;
  }

  async isNew(): Promise<boolean> {
    return (await this.#parts.prisma.space.findFirst({ select: { id: true } })) === null;
  }

  createCollection(
    wanted: NewCollection & { readonly takenBy?: undefined },
  ): Promise<{ created: boolean; collection: Collection }>;
  createCollection(wanted: NewCollection): Promise<CreationOutcome>;
  async createCollection(wanted: NewCollection): Promise<CreationOutcome> {
    // The existing collection may be deleted before it can be read: then the insert is tried again.
    for (let attempt = 0; attempt < maxCreateAttempts; attempt++) {
      const created = await this.#insertCollection(wanted);
      if (created !== undefined) return { created: true, collection: created };
      const existing = await this.#findExisting(wanted);
      if (existing !== undefined) return { created: false, collection: existing };
      if (await this.#isTaken(wanted)) return { created: false };
    }
    throw new Error("a collection of the name was created and deleted in every attempt");
  }

  async #findExisting({ provider, space, name, alias }: NewCollection): Promise<Collection | undefined> {
    const inTheWay = Prisma.sql`(c.name = ${name} OR c.alias = ${alias ?? null})`;
    return this.#selectOne(Prisma.sql`c.provider = ${provider} AND s.name = ${space.name} AND ${inTheWay}`);
  }

  async #isTaken({ provider, space: { name }, takenBy }: NewCollection): Promise<boolean> {
    const { space } = await this.locate(provider, name, "");
    return space !== undefined && takenBy !== undefined && hasMember(space.definition, takenBy);
  }

  async #insertCollection(wanted: NewCollection): Promise<Collection | undefined> {
    const { prisma, tables, clock, ids } = this.#parts;
    const { provider, space, name, alias = null, definition } = wanted;
    const id = ids.uuid();
    // `s` must have one row, the space, whether it is new or exists: the update makes an existing row return its id and
    // locks it. It changes the version when the name was found as an alias until now. `c` has the new collection, or no
    // row when its name or alias is taken.
    const insert = prisma.$queryRaw<CollectionRow[]>`
      WITH s AS (
        INSERT INTO ${tables.space} (id, provider, name, definition)
        VALUES (${ids.uuid()}::uuid, ${provider}, ${space.name}, ${stringifyStorable(space.definition)}::text::json)
        ON CONFLICT (provider, name) DO UPDATE SET version = space.version + (
          SELECT count(*)::int FROM ${tables.collection} aliased WHERE aliased.space_id = space.id AND aliased.alias = ${name})
        RETURNING id, name, definition, version
      ), c AS (
        INSERT INTO ${tables.collection} (id, provider, space_id, name, alias, definition, created_at)
        SELECT ${id}::uuid, ${provider}, s.id, ${name}, ${alias}, ${stringifyStorable(definition)}::text::json, ${clock.now()}::timestamptz FROM s
        WHERE ${lacksMember(Prisma.sql`s.definition`, wanted.takenBy)}
        ON CONFLICT DO NOTHING
        RETURNING *
      ) SELECT ${collectionColumns} FROM c CROSS JOIN s`;
    const [[row], [changed]] =
      Object.keys(space.definition).length === 0
        ? [await insert, []]
        : await prisma.$transaction([insert, this.#mergeSpace(id, space.definition)]);
    return row && toCollection({ ...row, ...changed });
  }

  /**
   * Merges the members of the definition into the space, and answers its version when that changes it. Updates nothing
   * when the collection was not created.
   */
  #mergeSpace(collectionId: string, definition: JsonObject) {
    const { prisma, tables } = this.#parts;
    const merged = Prisma.sql`space.definition::jsonb || ${stringifyStorable(definition)}::text::jsonb`;
    return prisma.$queryRaw<Pick<CollectionRow, "space_version">[]>`
      UPDATE ${tables.space} SET definition = (${merged})::json, version = space.version + 1
      FROM ${tables.collection} c
      WHERE c.id = ${collectionId}::uuid AND space.id = c.space_id AND ${merged} <> space.definition::jsonb
      RETURNING space.version AS space_version`;
  }

  async changeDefinition({ id, version }: CollectionVersion, definition: JsonObject): Promise<"stored" | "stale"> {
    const { prisma, tables } = this.#parts;
    const changed = await prisma.$executeRaw`
      UPDATE ${tables.collection} SET definition = ${stringifyStorable(definition)}::text::json, version = version + 1
      WHERE id = ${isUuid(id) ? id : null}::uuid AND version = ${version}::int`;
    return changed === 1 ? "stored" : "stale";
  }

  async renameCollection(
    collection: CollectionVersion,
    renamed: RenamedCollection,
  ): Promise<"stored" | "stale" | "taken"> {
    return renameStoredCollection(this.#parts, collection, renamed);
  }

  /**
   * Deletes the collection first: every writer locks its row, so no record can be inserted after the records are
   * deleted.
   */
  async deleteCollection(id: string): Promise<boolean> {
    if (!isUuid(id)) return false;
    const { prisma, tables } = this.#parts;
    const [deleted] = await repeatConflicts(() =>
      prisma.$transaction([
        prisma.$executeRaw`DELETE FROM ${tables.collection} WHERE id = ${id}::uuid`,
        prisma.$executeRaw`DELETE FROM ${tables.record} WHERE collection_id = ${id}::uuid`,
        prisma.$executeRaw`DELETE FROM ${tables.unique_value} WHERE collection_id = ${id}::uuid`,
        prisma.$executeRaw`
          DELETE FROM ${tables.task_failure}
          WHERE task_id IN (SELECT id FROM ${tables.task} WHERE collection_id = ${id}::uuid)`,
        prisma.$executeRaw`DELETE FROM ${tables.task} WHERE collection_id = ${id}::uuid`,
      ]),
    );
    return deleted > 0;
  }

  async findSpace(visible: VisibleSpaces, members: Readonly<Record<string, string>>): Promise<Space | undefined> {
    const { prisma, tables } = this.#parts;
    const [row] = await prisma.$queryRaw<SpaceRow[]>`
      SELECT s.id, s.provider, s.name, s.definition::text AS definition FROM ${tables.space} s
      WHERE ${this.#isVisible([visible])} AND NOT EXISTS (
        SELECT FROM unnest(${Object.keys(members)}::text[], ${Object.values(members)}::text[]) AS wanted (member, value)
        WHERE s.definition ->> wanted.member IS DISTINCT FROM wanted.value)
      ORDER BY s.name LIMIT 1`;
    return row && toSpace(row);
  }

  async anySpaceHas(visible: VisibleSpaces, path: readonly string[]): Promise<boolean> {
    const { prisma, tables } = this.#parts;
    const [row] = await prisma.$queryRaw<[{ readonly has: boolean }]>`
      SELECT EXISTS (
        SELECT FROM ${tables.space} s
        WHERE ${this.#isVisible([visible])} AND s.definition #> ${[...path]}::text[] IS NOT NULL) AS has`;
    return row.has;
  }

  async locate(provider: string, space: string, collection: string): Promise<LocatedCollection> {
    const { prisma, tables } = this.#parts;
    if (!isStorableText(provider) || !isStorableText(space)) return {};
    const name = isStorableText(collection) ? collection : null;
    const [row] = await prisma.$queryRaw<LocatedRow[]>`
      SELECT ${collectionColumns}, s.id AS found_space_id, s.definition::text AS found_space_definition
      FROM ${tables.space} s
      LEFT JOIN ${tables.collection} c ON c.space_id = s.id AND (c.name = ${name} OR c.alias = ${name})
      WHERE s.provider = ${provider} AND s.name = ${space}
      ORDER BY c.name = ${name} DESC LIMIT 1`;
    if (row === undefined) return {};
    const found = {
      spaceVersion: row.space_version,
      space: toSpace({ id: row.found_space_id, provider, name: space, definition: row.found_space_definition }),
    };
    return isFound(row) ? { ...found, collection: toCollection(row) } : found;
  }

  findByName(visible: VisibleSpaces, collection: string): Promise<Collection | undefined> {
    return this.#selectOne(Prisma.sql`${this.#isVisible([visible])} AND c.name = ${collection}`);
  }

  async collectionsById(visible: Visibility, ids: readonly string[]): Promise<readonly (Collection | undefined)[]> {
    const known = ids.filter(isUuid);
    const isWanted = Prisma.sql`c.id = ANY(${known}::uuid[]) AND ${this.#isVisible(visible)}`;
    const rows = known.length === 0 ? [] : await this.#selectLight(isWanted, known.length);
    const found = await completeRows(rows, largeCollections(this.#parts), toCollection);
    const byId = new Map(found.map((collection) => [collection?.id, collection]));
    return ids.map((id) => byId.get(id));
  }

  async listCollections(
    { visible, space, namePrefix }: CollectionFilter,
    page: PageRequest,
  ): Promise<Page<Collection>> {
    const after = this.#parts.pageKeys.read("collections", page.after, 0n);
    if (after === undefined) return emptyPage;
    const inSpace = space === undefined ? Prisma.empty : Prisma.sql`AND s.name = ${space}`;
    const named = namePrefix === undefined ? Prisma.empty : Prisma.sql`AND starts_with(c.name, ${namePrefix})`;
    const rows = await this.#selectLight(
      Prisma.sql`${this.#isVisible(visible)} AND c.sequence > ${after} ${inSpace} ${named}`,
      page.first + 1,
    );
    const form = {
      toItem: toCollection,
      toKey: (row: LightCollectionRow) => this.#parts.pageKeys.write("collections", row.sequence),
    };
    return completePage({ rows, request: page }, { ...form, large: largeCollections(this.#parts) });
  }

  /** Needs the space `s`. */
  #isVisible(visible: Visibility): Prisma.Sql {
    const { tables } = this.#parts;
    return isVisible(visible, { provider: Prisma.sql`s.provider`, space: Prisma.sql`s.id`, tables });
  }

  async #selectOne(condition: Prisma.Sql): Promise<Collection | undefined> {
    const [row] = await this.#select<CollectionRow>(collectionColumns, condition, 1);
    return row && toCollection(row);
  }

  /** Without the definitions that are too large to be read with so many others. */
  #selectLight(condition: Prisma.Sql, limit: number): Promise<LightCollectionRow[]> {
    if (limit === 1) return this.#select(collectionColumns, condition, limit);
    const { scope, jsonSize } = this.#parts;
    return this.#select(lightCollectionColumns(lightBytes(scope, limit), jsonSize), condition, limit);
  }

  #select<Row>(columns: Prisma.Sql, condition: Prisma.Sql, limit: number): Promise<Row[]> {
    const { prisma, tables } = this.#parts;
    return prisma.$queryRaw<Row[]>`
      SELECT ${columns} FROM ${tables.collection} c JOIN ${tables.space} s ON s.id = c.space_id
      WHERE ${condition} ORDER BY c.sequence LIMIT ${limit}`;
  }
}
