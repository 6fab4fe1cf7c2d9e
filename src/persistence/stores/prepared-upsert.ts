import type { BatchOutcome, LocatedVersion } from "../../core/collection.js";
import type { UpsertBatch } from "../../core/record.js";
import { toFindableKeys } from "../guards/storable-json.js";
import { queryBy } from "../connection/statements.js";
import { Prisma } from "../generated/client.js";
import { repeatConflicts } from "../sql-state.js";
import { isUuid } from "../uuid.js";
import { keyLocksOf, wholeBucket } from "./key-locks.js";
import { joinRows, type NewRows, placesOfVectors, toNewRows } from "./new-rows.js";
import type { StoreParts } from "./store-parts.js";

/** An upsert without a claim and without a new definition. */
export interface PreparedUpsert {
  readonly collection: LocatedVersion;
  /** Keys of the records to delete. */
  readonly keys: readonly string[];
  /** Whether these are the keys of the new records. */
  readonly replacesOwnKeys: boolean;
  readonly rows: NewRows;
}

/** @throws UnstorableValueError with the index of the record */
export function prepareUpsert({ collection, records, replacedKeys }: UpsertBatch): PreparedUpsert {
  return {
    collection,
    keys: replacedKeys ?? records.map(({ key = "" }) => key),
    replacesOwnKeys: replacedKeys === undefined,
    rows: toNewRows(records),
  };
}

/**
 * Upserts of one version of a collection share a statement while no two of them have a key in common: what they store
 * then does not depend on their order.
 */
export function beginUpsertGroup(): (upsert: PreparedUpsert) => boolean {
  const taken = new Set<string>();
  let first: PreparedUpsert | undefined;
  return (upsert) => {
    const isAlone = !upsert.replacesOwnKeys || first?.replacesOwnKeys === false;
    if (first !== undefined && (isAlone || !hasSameVersion(first.collection, upsert.collection))) return false;
    if (upsert.keys.some((key) => taken.has(key))) return false;
    for (const key of upsert.keys) taken.add(key);
    first ??= upsert;
    return true;
  };
}

function hasSameVersion(left: LocatedVersion, right: LocatedVersion): boolean {
  return left.id === right.id && left.version === right.version && left.spaceVersion === right.spaceVersion;
}

/** Carries out upserts that may share a statement. Repeats a single one after a conflict. */
export async function upsertGroup(
  upserts: readonly PreparedUpsert[],
  parts: StoreParts,
): Promise<readonly Exclude<BatchOutcome, "claimed">[]> {
  const [first, ...others] = upserts;
  if (first === undefined) return [];
  const outcome =
    others.length === 0
      ? await repeatConflicts(() => upsertRecords(first, parts))
      : await upsertRecords(joinUpserts(first, upserts), parts);
  return upserts.map(() => outcome);
}

function joinUpserts(first: PreparedUpsert, upserts: readonly PreparedUpsert[]): PreparedUpsert {
  return {
    ...first,
    keys: upserts.flatMap(({ keys }) => keys),
    rows: joinRows(upserts.map(({ rows }) => rows)),
  };
}

/** Calls the function of the migrations. By `VALUES`: a statement that begins with SELECT counts as one that reads. */
async function upsertRecords(
  { collection, keys, replacesOwnKeys, rows }: PreparedUpsert,
  { adapter, tables, clock }: StoreParts,
): Promise<"stored" | "stale"> {
  const { id, version, spaceVersion } = collection;
  const locks = keyLocksOf(id, keys);
  const { starts, lengths } = placesOfVectors(rows);
  const statement = Prisma.sql`
    VALUES (${tables.upsert_records}(
      ${isUuid(id) ? id : null}::uuid, ${version}::int, ${spaceVersion}::int,
      ${locks.collection}::int, ${wholeBucket}::int, ${locks.buckets}::text::int[],
      ${replacesOwnKeys ? rows.keys : toFindableKeys(keys)}::text::json,
      ${rows.keys}::text::json, ${rows.fields}, ${starts}::text::int[], ${lengths}::text::int[], ${rows.vectors}::bytea,
      ${clock.now()}::timestamptz))`;
  const [row] = await queryBy<{ readonly column1: boolean }>(adapter, statement);
  return row?.column1 === true ? "stored" : "stale";
}
