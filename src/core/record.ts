import type { Claim } from "./claim.js";
import type { BatchOutcome, CollectionVersion, LocatedVersion, MergeOutcome } from "./collection.js";
import type { JsonObject } from "../json/value.js";
import type { Visibility } from "./access/visibility.js";
import type { OwnedPageRequest, Page, PageRequest } from "./page.js";

/** A validated record, ready to be stored. */
export interface NewRecord {
  /** The primary key as text, where the collection has one. */
  readonly key?: string;
  readonly fields: JsonObject;
  /** Dense vectors, packed in the order of the definition. */
  readonly vectors?: Uint8Array;
}

export interface StoredRecord {
  readonly id: string;
  /** Grows with every record of the database. */
  readonly number: bigint;
  readonly collectionId: string;
  readonly key?: string;
  readonly fields: JsonObject;
  readonly vectors?: Uint8Array;
  readonly insertedAt: Date;
  /** About the size of what the store has read, in bytes, never more than the size of the record as JSON. */
  readonly storedBytes?: number;
}

/** A list, or records that are made each time they are asked for, so that a large write does not hold them all. */
export interface NewRecords extends Iterable<NewRecord> {
  readonly length: number;
}

export interface RecordBatch {
  readonly collection: CollectionVersion;
  readonly records: NewRecords;
}

export interface WriteBatch extends RecordBatch {
  readonly collection: LocatedVersion;
  /**
   * The collection's new definition, stored with these records. A concurrent write against the old version is `stale`.
   */
  readonly definition?: JsonObject;
  /** Taken together with the records: both or neither are stored. */
  readonly claim?: Claim;
}

export interface UpsertBatch extends WriteBatch {
  readonly records: readonly NewRecord[];
  /** Keys of the records to delete; absent: the keys of the new records. */
  readonly replacedKeys?: readonly string[];
}

/** Records that were made from stored ones, which they replace. */
export interface MergeBatch extends RecordBatch {
  readonly collection: LocatedVersion;
  readonly records: readonly NewRecord[];
  /** Keys of the records to delete. */
  readonly replacedKeys: readonly string[];
  /** The numbers of all records that had one of these keys when they were read. */
  readonly merged: readonly bigint[];
}

export interface RecordPageRequest extends PageRequest {
  /** The number of records before the page: for contracts with numbered pages. */
  readonly skip?: number;
}

export interface RecordStore {
  /**
   * Stores all records or none; keys need not be unique. Of concurrent calls with one claim exactly one stores, the
   * others wait for it.
   */
  insert(batch: WriteBatch): Promise<BatchOutcome>;
  /**
   * Replaces the records that have one of the keys, all or none; concurrent calls leave one record per key. Every
   * record has a key, and the keys are unique.
   */
  upsert(batch: UpsertBatch): Promise<BatchOutcome>;
  /** Replaces the records like `upsert`, if the records that have one of the keys are exactly the merged ones. */
  replaceMerged(batch: MergeBatch): Promise<MergeOutcome>;
  /** Deletes the records that have one of the keys. Answers their number. */
  deleteByKey(collectionId: string, keys: readonly string[]): Promise<number>;
  recordsById(visible: Visibility, ids: readonly string[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** The records that have one of the keys, in order of insertion. */
  recordsByKey(collectionId: string, keys: readonly string[]): Promise<readonly StoredRecord[]>;
  /** In order of insertion. */
  listRecords(collectionId: string, page: RecordPageRequest): Promise<Page<StoredRecord>>;
  /** Pages of several collections, each in order of insertion: one statement, in the order of the requests. Empty for a
   * collection that is not visible. */
  recordPages(visible: Visibility, requests: readonly OwnedPageRequest[]): Promise<readonly Page<StoredRecord>[]>;
  /** The number of records of each collection, in the order of the ids. */
  countRecords(collectionIds: readonly string[]): Promise<readonly number[]>;
  /** The first of `count` consecutive numbers, at least `atLeast`. No other call gets any of them. */
  reserveNumbers(scope: string, count: number, atLeast: bigint): Promise<bigint>;
}
