import type { BatchOutcome, LocatedVersion } from "../../core/collection.js";
import type { RecordBatch, WriteBatch } from "../../core/record.js";
import { executeBy, queryBy } from "../connection/statements.js";
import { Prisma } from "../generated/client.js";
import { isUuid } from "../uuid.js";
import { joinRows, type NewRows, rowFunctions, rowSource, toNewRows, valuesOfRow } from "./new-rows.js";
import type { StoreParts } from "./store-parts.js";
import { lockedTarget, writableTarget } from "./writable-target.js";
import { countWritable } from "./write-outcome.js";

/** An insert without a claim and without a new definition. */
export interface PreparedInsert {
  readonly collection: LocatedVersion;
  readonly rows: NewRows;
}

const columns = Prisma.sql`collection_id, key, fields, vectors, bytes, version, inserted_at`;

/**
 * Stores the batch for the one row of `source`, whose `id` is the collection; stores nothing when `source` has no row.
 */
export function insertFrom(
  source: "writable" | "done",
  batch: RecordBatch & Pick<WriteBatch, "definition">,
  parts: StoreParts,
): Prisma.Sql {
  return insertNewRows(source, { version: versionOfRecords(batch), rows: toNewRows(batch.records) }, parts);
}

/** Stores the rows of the batch if it may be stored, and answers `WritableCount`. */
export function insertWritable(
  batch: WriteBatch,
  rows: NewRows,
  parts: Pick<StoreParts, "tables" | "clock">,
): Prisma.Sql {
  const stored = insertNewRows("writable", { version: versionOfRecords(batch), rows }, parts);
  return Prisma.sql`WITH ${writableTarget(batch, parts)}, stored AS (${stored}) ${countWritable}`;
}

/** A batch with a new definition stores its records under the next version. */
export function versionOfRecords({ collection, definition }: RecordBatch & Pick<WriteBatch, "definition">): number {
  return collection.version + (definition === undefined ? 0 : 1);
}

/** Stores the rows for the one row of `source`, under the version. */
export function insertNewRows(
  source: "writable" | "done" | "target",
  { version, rows }: { readonly version: number; readonly rows: NewRows },
  { tables, clock }: Pick<StoreParts, "tables" | "clock">,
): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO ${tables.record} (${columns})
    SELECT s.id, ${valuesOfRow(rows)}, ${version}::int, ${clock.now()}::timestamptz
    FROM ${Prisma.raw(source)} AS s, ${rowSource(rows)}`;
}

/** Stores the inserts in one statement, each by itself: stored, or stale and without an effect. */
export async function insertGroup(
  inserts: readonly PreparedInsert[],
  parts: StoreParts,
): Promise<readonly Exclude<BatchOutcome, "claimed">[]> {
  const [only, ...others] = inserts;
  // Most are alone, and the number of their rows tells without an answer to be read.
  if (only !== undefined && others.length === 0 && only.rows.count > 0)
    return [(await executeBy(parts.adapter, insertAlone(only, parts))) > 0 ? "stored" : "stale"];
  const stored = await queryBy<{ readonly member: number }>(parts.adapter, insertTogether(inserts, parts));
  const members = new Set(stored.map(({ member }) => member));
  return inserts.map((_insert, member) => (members.has(member) ? "stored" : "stale"));
}

function insertAlone({ collection, rows }: PreparedInsert, parts: StoreParts): Prisma.Sql {
  return Prisma.sql`
    WITH ${lockedTarget(collection, parts)} ${insertNewRows("target", { version: collection.version, rows }, parts)}`;
}

/**
 * Several inserts as one statement, which answers the members that it has stored: those whose collection and space have
 * the expected versions. The records of a member keep their order.
 */
function insertTogether(inserts: readonly PreparedInsert[], { tables, clock }: StoreParts): Prisma.Sql {
  const collections = inserts.map(({ collection }) => collection);
  const rows = joinRows(inserts.map((insert) => insert.rows));
  const members = inserts.flatMap((insert, member) => Array<number>(insert.rows.count).fill(member));
  return Prisma.sql`
    WITH target AS (
      SELECT wanted.member, c.id, c.version
      FROM ROWS FROM (
        unnest(${toArray(collections.map(({ id }) => (isUuid(id) ? id : null)))}::text::uuid[]),
        unnest(${toArray(collections.map(({ version }) => version))}::text::int[]),
        unnest(${toArray(collections.map(({ spaceVersion }) => spaceVersion))}::text::int[]),
        unnest(${toArray(inserts.map((_insert, member) => member))}::text::int[])
      ) AS wanted(id, version, space_version, member)
      JOIN ${tables.collection} c ON c.id = wanted.id AND c.version = wanted.version
      JOIN ${tables.space} s ON s.id = c.space_id AND s.version = wanted.space_version
      FOR KEY SHARE OF c
    ), stored AS (
      INSERT INTO ${tables.record} (${columns})
      SELECT target.id, ${valuesOfRow(rows)}, target.version, ${clock.now()}::timestamptz
      FROM ROWS FROM (${rowFunctions(rows)}, unnest(${toArray(members)}::text::int[])) WITH ORDINALITY
        AS r(key, fields, start, length, member, position)
      JOIN target ON target.member = r.member
      ORDER BY r.position
    ) SELECT member FROM target`;
}

function toArray(values: readonly (string | number | null)[]): string {
  return `{${values.map((value) => value ?? "NULL").join(",")}}`;
}
