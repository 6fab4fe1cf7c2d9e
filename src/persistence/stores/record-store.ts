import type { BatchOutcome, MergeOutcome } from "../../core/collection.js";
import type { OwnedPageRequest, Page } from "../../core/page.js";
import type {
  MergeBatch,
  RecordPageRequest,
  RecordStore,
  StoredRecord,
  UpsertBatch,
  WriteBatch,
} from "../../core/record.js";
import { queryBy } from "../connection/statements.js";
import { lockedTarget, writableTarget } from "./writable-target.js";
import { Prisma } from "../generated/client.js";
import { lockKeys } from "./key-locks.js";
import { insertInSlices, toRowsAtOnce } from "./large-insert.js";
import { insertFrom, insertWritable } from "./prepared-insert.js";
import type { NewRows } from "./new-rows.js";
import { prepareUpsert } from "./prepared-upsert.js";
import type { RecordGroups } from "./record-groups.js";
import { completeRows, lightBytes, maxStatementRows } from "../reading/large-rows.js";
import { readOwnedPages } from "../reading/owned-pages.js";
import { completePage, emptyPage, type ListForm } from "../reading/page.js";
import {
  hasRecordId,
  largeRecords,
  lightRecordColumns,
  type OwnRecordRow,
  type RecordRow,
  toRecordRow,
  toStoredRecord,
} from "./record-rows.js";
import { repeatConflicts } from "../sql-state.js";
import type { Visibility } from "../../core/access/visibility.js";
import { toFindableKeys } from "../guards/storable-json.js";
import { isUuid } from "../uuid.js";
import type { ScopedParts } from "./store-parts.js";
import { isInVisibleCollection } from "./visible-spaces.js";
import { countWritable, toOutcome, type WritableCount } from "./write-outcome.js";

export class PrismaRecordStore implements RecordStore {
  readonly #parts: ScopedParts;
  readonly #groups: RecordGroups;

  /** @param groups those of all requests: their small writes share statements */
  constructor(parts: ScopedParts, groups: RecordGroups) {
    this.#parts = parts;
    this.#groups = groups;
  }

  insert(batch: WriteBatch): Promise<BatchOutcome> {
    const rows = toRowsAtOnce(batch.records);
    if (rows === undefined) return insertInSlices(batch, this.#parts);
    if (batch.claim === undefined && batch.definition === undefined)
      return this.#groups.inserts.write({ collection: batch.collection, rows });
    return this.#insertAlone(batch, rows);
  }

  async #insertAlone(batch: WriteBatch, rows: NewRows): Promise<BatchOutcome> {
    return toOutcome(await queryBy<WritableCount>(this.#parts.adapter, insertWritable(batch, rows, this.#parts)));
  }

  upsert(batch: UpsertBatch): Promise<BatchOutcome> {
    if (batch.claim === undefined && batch.definition === undefined)
      return this.#groups.upserts.write(prepareUpsert(batch));
    return this.#upsertAlone(batch);
  }

  async #upsertAlone(batch: UpsertBatch): Promise<BatchOutcome> {
    const keys = batch.replacedKeys ?? batch.records.map((record) => record.key ?? "");
    const guard = Prisma.sql`${writableTarget(batch, this.#parts)}, ${wantedKeys(keys)}`;
    return toOutcome(await this.#replace(batch, keys, guard));
  }

  async replaceMerged(batch: MergeBatch): Promise<MergeOutcome> {
    const { collection, replacedKeys: keys, merged } = batch;
    const numbers = `{${[...merged].sort((left, right) => (left < right ? -1 : 1)).join(",")}}`;
    const guard = Prisma.sql`${lockedTarget(collection, this.#parts)}, ${wantedKeys(keys)}, writable AS (
      SELECT id FROM target WHERE ${numbers}::text::bigint[] = ARRAY(
        SELECT record.id FROM ${this.#parts.tables.record}
        WHERE record.collection_id = target.id AND ${hasWantedKey} ORDER BY record.id))`;
    const outcome = toOutcome(await this.#replace(batch, keys, guard));
    return outcome === "claimed" ? "outrun" : outcome;
  }

  /**
   * Deletes the records with one of the wanted keys and stores the batch, for the one row of `writable`.
   * @param guard the CTEs `target`, `wanted` and `writable`
   */
  async #replace(batch: WriteBatch, keys: readonly string[], guard: Prisma.Sql): Promise<readonly WritableCount[]> {
    const { prisma, tables } = this.#parts;
    const lock = lockKeys(batch.collection.id, keys);
    // A statement of its own, since a statement sees only what was committed before it began: this one must see the
    // records of writers that held the key locks before. `removed` and `stored` see the same snapshot, so `stored`
    // never loses a new record to `removed`.
    const replace = Prisma.sql`
      WITH ${guard}, removed AS (
        DELETE FROM ${tables.record} USING writable WHERE record.collection_id = writable.id AND ${hasWantedKey}
      ), stored AS (${insertFrom("writable", batch, this.#parts)})
      ${countWritable}`;
    const [, rows] = await repeatConflicts(() =>
      prisma.$transaction([prisma.$executeRaw(lock), prisma.$queryRaw<WritableCount[]>(replace)]),
    );
    return rows;
  }

  async deleteByKey(collectionId: string, keys: readonly string[]): Promise<number> {
    if (!isUuid(collectionId)) return 0;
    const { prisma, tables } = this.#parts;
    const remove = Prisma.sql`
      WITH ${wantedKeys(keys)} DELETE FROM ${tables.record} WHERE collection_id = ${collectionId}::uuid AND ${hasWantedKey}`;
    const [, deleted] = await repeatConflicts(() =>
      prisma.$transaction([prisma.$executeRaw(lockKeys(collectionId, keys)), prisma.$executeRaw(remove)]),
    );
    return deleted;
  }

  async recordsByKey(collectionId: string, keys: readonly string[]): Promise<readonly StoredRecord[]> {
    if (!isUuid(collectionId)) return [];
    const records: StoredRecord[] = [];
    let after = 0n;
    // Keys need not be unique.
    for (let count = keys.length + 1; ; count = Math.min(2 * count, maxStatementRows)) {
      const rows = await this.#rowsByKey({ collectionId, keys, after, count });
      for (const record of await this.#complete(rows)) records.push(record);
      const last = rows.at(-1);
      if (last === undefined || rows.length < count) return records;
      after = last.id;
    }
  }

  /** The inner query stands for itself, so that the index of keys finds its rows whatever the limit is. */
  #rowsByKey({ collectionId, keys, after, count }: KeyedRows): Promise<RecordRow[]> {
    return this.#parts.prisma.$queryRaw`
      WITH ${wantedKeys(keys)}
      SELECT collection_id, ${lightRecordColumns(lightBytes(this.#parts.scope, count))} FROM (
        SELECT * FROM ${this.#parts.tables.record} WHERE collection_id = ${collectionId}::uuid AND ${hasWantedKey} OFFSET 0
      ) AS found WHERE id > ${after} ORDER BY id LIMIT ${count}`;
  }

  async recordsById(visible: Visibility, ids: readonly string[]): Promise<readonly (StoredRecord | undefined)[]> {
    const known = ids.map(parseRecordId).filter((id) => id !== undefined);
    if (known.length === 0) return ids.map(() => undefined);
    const { prisma, tables } = this.#parts;
    const rows = await prisma.$queryRaw<RecordRow[]>`
      SELECT collection_id, ${lightRecordColumns(lightBytes(this.#parts.scope, known.length))} FROM ${tables.record}
      WHERE ${hasRecordId(known)} AND ${isInVisibleCollection(visible, Prisma.sql`record.collection_id`, tables)}`;
    const byId = new Map((await this.#complete(rows)).map((record) => [record.id, record]));
    return ids.map((id) => byId.get(id));
  }

  async #complete(rows: readonly RecordRow[]): Promise<readonly StoredRecord[]> {
    const records = await completeRows(rows, largeRecords(this.#parts), toStoredRecord);
    return records.filter((record) => record !== undefined);
  }

  async listRecords(collectionId: string, page: RecordPageRequest): Promise<Page<StoredRecord>> {
    const after = this.#parts.pageKeys.read("records", page.after, 0n);
    if (after === undefined || !isUuid(collectionId)) return emptyPage;
    const count = page.first + 1;
    const found = await this.#parts.prisma.$queryRaw<OwnRecordRow[]>`
      SELECT ${lightRecordColumns(lightBytes(this.#parts.scope, count))} FROM ${this.#parts.tables.record}
      WHERE collection_id = ${collectionId}::uuid AND id > ${after} ORDER BY id LIMIT ${count} OFFSET ${page.skip ?? 0}`;
    const rows = found.map((row) => toRecordRow(row, collectionId));
    return completePage({ rows, request: page }, this.#listForm());
  }

  recordPages(visible: Visibility, requests: readonly OwnedPageRequest[]): Promise<readonly Page<StoredRecord>[]> {
    const { prisma, tables, pageKeys } = this.#parts;
    return readOwnedPages<OwnRecordRow, RecordRow, StoredRecord>(requests, {
      readStart: ({ ownerId, after }) => (isUuid(ownerId) ? pageKeys.read("records", after, 0n) : undefined),
      select: (wanted, light) => prisma.$queryRaw`
        SELECT wanted.request, found.* FROM ${wanted}
        CROSS JOIN LATERAL (
          SELECT ${lightRecordColumns(light)} FROM ${tables.record}
          WHERE collection_id = wanted.owner::uuid AND id > wanted.start ORDER BY id LIMIT wanted.count
        ) AS found
        WHERE ${isInVisibleCollection(visible, Prisma.sql`wanted.owner::uuid`, tables)}
        ORDER BY wanted.request, found.id`,
      toRow: toRecordRow,
      ...this.#listForm(),
    });
  }

  #listForm(): ListForm<RecordRow, StoredRecord> {
    const { pageKeys } = this.#parts;
    return {
      toItem: toStoredRecord,
      toKey: (row) => pageKeys.write("records", row.id),
      large: largeRecords(this.#parts),
    };
  }

  async countRecords(collectionIds: readonly string[]): Promise<readonly number[]> {
    const known = collectionIds.filter(isUuid);
    const counts = await this.#parts.prisma.storedRecord.groupBy({
      by: ["collectionId"],
      where: { collectionId: { in: known } },
      _count: true,
    });
    const byId = new Map(counts.map(({ collectionId, _count: count }) => [collectionId, count]));
    return collectionIds.map((id) => byId.get(id) ?? 0);
  }

  async reserveNumbers(scope: string, count: number, atLeast: bigint): Promise<bigint> {
    const [row] = await this.#parts.prisma.$queryRaw<[{ readonly first: bigint }]>`
      INSERT INTO ${this.#parts.tables.number_sequence} (scope, next) VALUES (${scope}, ${atLeast}::bigint + ${count}::int)
      ON CONFLICT (scope) DO UPDATE SET next = greatest(number_sequence.next, ${atLeast}::bigint) + ${count}::int
      RETURNING next - ${count}::int AS first`;
    return row.first;
  }
}

interface KeyedRows {
  readonly collectionId: string;
  readonly keys: readonly string[];
  readonly after: bigint;
  readonly count: number;
}

/** `wanted(key)`: the keys that a statement looks for. */
function wantedKeys(keys: readonly string[]): Prisma.Sql {
  return Prisma.sql`wanted AS (SELECT key FROM json_array_elements_text(${toFindableKeys(keys)}::text::json) AS key)`;
}

/**
 * True for records with a wanted key. Needs `wanted`. The index holds the start of the key, so that is compared first.
 */
const hasWantedKey = Prisma.sql`record.key IS NOT NULL
  AND left(record.key, 512) COLLATE "C" = ANY(ARRAY(SELECT left(key, 512) FROM wanted)) AND record.key IN (SELECT key FROM wanted)`;

function parseRecordId(id: string): { readonly collection: string; readonly number: bigint } | undefined {
  const [collection = "", number = "", ...rest] = id.split(".");
  if (rest.length > 0 || !isUuid(collection) || !/^[1-9]\d{0,17}$/.test(number)) return undefined;
  return { collection, number: BigInt(number) };
}
