import type { CollectionVersion, RenamedCollection } from "../../core/collection.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorable } from "../guards/storable-json.js";
import { repeatConflicts, sqlStateOf, uniqueViolation } from "../sql-state.js";
import { isUuid } from "../uuid.js";
import { lacksMember } from "./space-members.js";
import type { StoreParts } from "./store-parts.js";

/**
 * One statement: the space that the collection leaves is locked in the state that was read, and the space that it enters
 * where nothing takes the name, before anything changes.
 */
export async function renameStoredCollection(
  { prisma, tables }: StoreParts,
  { id, version }: CollectionVersion,
  { name, space, definition, takenBy, left }: RenamedCollection,
): Promise<"stored" | "stale" | "taken"> {
  const isUnchanged =
    left === undefined
      ? Prisma.sql`true`
      : Prisma.sql`definition::jsonb = ${stringifyStorable(left.read)}::text::jsonb`;
  const changed =
    left === undefined
      ? Prisma.empty
      : Prisma.sql`, changed AS (
          UPDATE ${tables.space} SET definition = ${stringifyStorable(left.definition)}::text::json, version = space.version + 1
          FROM renamed WHERE space.id = renamed.left_id)`;
  try {
    const rename = () => prisma.$queryRaw<unknown[]>`
      WITH target AS (
        SELECT id, provider, space_id FROM ${tables.collection}
        WHERE id = ${isUuid(id) ? id : null}::uuid AND version = ${version}::int FOR NO KEY UPDATE
      ), source AS (
        SELECT id FROM ${tables.space} WHERE id = (SELECT space_id FROM target) AND ${isUnchanged} FOR NO KEY UPDATE
      ), goal AS (
        SELECT id FROM ${tables.space}
        WHERE name = ${space} AND ${lacksMember(Prisma.sql`definition`, takenBy)}
          AND provider = (SELECT provider FROM target) FOR NO KEY UPDATE
      ), renamed AS (
        UPDATE ${tables.collection}
        SET name = ${name}, space_id = goal.id, definition = ${stringifyStorable(definition)}::text::json, version = version + 1
        FROM target, source, goal
        WHERE collection.id = target.id
        RETURNING collection.id, source.id AS left_id
      )${changed} SELECT id FROM renamed`;
    // Two collections that change places between spaces lock these in different orders.
    const renamed = await repeatConflicts(rename);
    return renamed.length === 1 ? "stored" : "stale";
  } catch (error) {
    if (sqlStateOf(error) === uniqueViolation) return "taken";
    throw error;
  }
}
