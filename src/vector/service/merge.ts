import type { Collection } from "../../core/collection.js";
import type { NewRecord, StoredRecord } from "../../core/record.js";
import { shorten } from "../../json/quote.js";
import type { ProviderRecords } from "../../contract/provider-store.js";
import type { CompiledCollection } from "../collection/compiled-collection.js";
import { readVectorRows, type KeptValues, type Row } from "../collection/row-reader.js";
import { refuseParameter } from "../failures/vector-failures.js";
import { invalidParameter } from "../values/inspection.js";

/** The members of an upsert that decide what becomes of fields that a row does not name. */
export interface NamesMerge {
  readonly partialUpdate?: boolean | null | undefined;
  readonly fieldOps?: readonly { readonly op?: string | null | undefined }[] | null | undefined;
}

/** @throws RefusalError for an operation on a field other than its replacement */
export function wantsMerge({ partialUpdate, fieldOps }: NamesMerge): boolean {
  for (const [index, { op }] of (fieldOps ?? []).entries()) {
    if (op?.toUpperCase() === "REPLACE") continue;
    throw refuseParameter({
      field: `fieldOps.${index}.op`,
      rule: "unsupported",
      cause: invalidParameter(`unsupported partial update op: ${shorten(op ?? "")}`),
    });
  }
  return partialUpdate === true;
}

/** The rows completed by the entities with their keys, and the numbers of all these entities. */
export interface MergedRecords {
  readonly records: readonly NewRecord[];
  readonly merged: readonly bigint[];
}

interface MergeTarget {
  readonly collection: Collection;
  readonly compiled: CompiledCollection;
  readonly beforeSizes: () => void;
}

const nothingKept: KeptValues = { fields: {}, vectors: [] };

/**
 * Rows whose key no entity has must be complete. Of several entities with a key the newest one completes the row.
 * @throws RefusalError
 */
export async function mergeRows(
  store: ProviderRecords,
  { collection, compiled, beforeSizes }: MergeTarget,
  rows: readonly Row[],
): Promise<MergedRecords> {
  const sent = readVectorRows(compiled, rows, { uniqueKeys: true, keptBy: () => nothingKept, beforeSizes });
  const keys = sent.map(({ key = "" }) => key);
  const stored = await store.recordsByKey(collection, keys);
  // In order of insertion: the newest entity of a key is set last.
  const newest = new Map(stored.map((record) => [record.key, record]));
  const records = readVectorRows(compiled, rows, {
    uniqueKeys: true,
    keptBy: (index) => toKeptValues(compiled, newest.get(keys[index])),
  });
  return { records, merged: stored.map(({ number }) => number) };
}

function toKeptValues({ packing }: CompiledCollection, record: StoredRecord | undefined): KeptValues | undefined {
  return record && { fields: record.fields, vectors: packing.unpack(record.vectors) };
}
