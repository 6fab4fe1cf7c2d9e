import type { Space } from "../../core/collection.js";
import type { Page, PageRequest } from "../../core/page.js";
import type { SpaceStore } from "../../core/space.js";
import type { VisibleSpaces } from "../../core/access/visibility.js";
import type { JsonObject } from "../../json/value.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorable } from "../guards/storable-json.js";
import { toPage } from "../reading/page.js";
import { sqlStateOf } from "../sql-state.js";
import { isUuid } from "../uuid.js";
import { type SpaceRow, toSpace } from "./collection-rows.js";
import type { StoreParts } from "./store-parts.js";
import { isVisible } from "./visible-spaces.js";

/** The SQLSTATEs of a row that another row refers to; the second one is that of PostgreSQL 18. */
const referredTo: ReadonlySet<string | undefined> = new Set(["23503", "23001"]);

export class PrismaSpaceStore implements SpaceStore {
  readonly #parts: StoreParts;

  constructor(parts: StoreParts) {
    this.#parts = parts;
  }

  async createSpace(
    { provider, name, definition }: Omit<Space, "id">,
    max?: number,
  ): Promise<"created" | "exists" | "full"> {
    const { prisma, tables, ids } = this.#parts;
    const ofProvider = Prisma.sql`FROM ${tables.space} WHERE provider = ${provider}`;
    const hasRoom = max === undefined ? Prisma.sql`true` : Prisma.sql`(SELECT count(*) ${ofProvider}) < ${max}::int`;
    const insert = prisma.$executeRaw`
      INSERT INTO ${tables.space} (id, provider, name, definition)
      SELECT ${ids.uuid()}::uuid, ${provider}, ${name}, ${stringifyStorable(definition)}::text::json WHERE ${hasRoom}
      ON CONFLICT (provider, name) DO NOTHING`;
    if (max === undefined) return (await insert) === 1 ? "created" : "exists";
    // Concurrent calls count one after the other.
    const lock = prisma.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`spaces of ${provider}`}, 0))::text`;
    const find = prisma.$queryRaw<unknown[]>`SELECT id ${ofProvider} AND name = ${name}`;
    const [, found, created] = await prisma.$transaction([lock, find, insert]);
    if (created === 1) return "created";
    return found.length > 0 ? "exists" : "full";
  }

  async changeSpace(
    { id, definition: read }: Pick<Space, "id" | "definition">,
    definition: JsonObject,
    taken?: string,
  ): Promise<"stored" | "stale"> {
    const { prisma, tables } = this.#parts;
    const space = isUuid(id) ? id : null;
    const isFree =
      taken === undefined
        ? Prisma.sql`true`
        : Prisma.sql`NOT EXISTS (SELECT FROM ${tables.collection} c WHERE c.space_id = space.id AND c.name = ${taken})`;
    const change = prisma.$executeRaw`
      UPDATE ${tables.space} SET definition = ${stringifyStorable(definition)}::text::json, version = version + 1
      WHERE id = ${space}::uuid AND definition::jsonb = ${stringifyStorable(read)}::text::jsonb AND ${isFree}`;
    // A new collection locks its space. A statement that waited for the lock itself would not see the collection.
    const lock = prisma.$queryRaw`SELECT FROM ${tables.space} WHERE id = ${space}::uuid FOR NO KEY UPDATE`;
    const changed = taken === undefined ? await change : (await prisma.$transaction([lock, change]))[1];
    return changed === 1 ? "stored" : "stale";
  }

  async deleteSpace(id: string): Promise<"deleted" | "absent" | "in-use"> {
    const { prisma, tables } = this.#parts;
    if (!isUuid(id)) return "absent";
    try {
      const deleted = await prisma.$executeRaw`DELETE FROM ${tables.space} WHERE id = ${id}::uuid`;
      return deleted === 1 ? "deleted" : "absent";
    } catch (error) {
      if (referredTo.has(sqlStateOf(error))) return "in-use";
      throw error;
    }
  }

  async listSpaces(visible: VisibleSpaces, page: PageRequest): Promise<Page<Space>> {
    const { prisma, tables } = this.#parts;
    const seen = isVisible([visible], { provider: Prisma.sql`s.provider`, space: Prisma.sql`s.id`, tables });
    const rows = await prisma.$queryRaw<SpaceRow[]>`
      SELECT s.id, s.provider, s.name, s.definition::text AS definition FROM ${tables.space} s
      WHERE ${seen} AND s.name COLLATE "C" > ${page.after ?? ""}
      ORDER BY s.name COLLATE "C" LIMIT ${page.first + 1}`;
    return toPage({ rows, request: page }, { toItem: (row) => toSpace(row), toKey: ({ name }) => name });
  }
}
