import type { BatchOutcome, Collection, MergeOutcome } from "../../core/collection.js";
import type { NewRecord } from "../../core/record.js";
import type { CollectionLookUps } from "../../contract/remembered-look-ups.js";
import type { ProviderRecords } from "../../contract/provider-store.js";
import { writeLocated } from "../../contract/write-located.js";
import type { ServiceReply } from "../../contract/service.js";
import { showValue } from "../../json/stringify.js";
import type { JsonValue } from "../../json/value.js";
import { toRows } from "../wire/body.js";
import type { CompiledCollection } from "../collection/compiled-collection.js";
import { vectorFailures } from "../failures/vector-failures.js";
import { wantsText, type LookupRequest, type NamesCollection, type VectorServiceParts } from "./permitted-request.js";
import { locateCollection, pathOf } from "./locate.js";
import { mergeRows, wantsMerge, type NamesMerge } from "./merge.js";
import { checkPartitionUse, requirePartition } from "./partitions.js";
import { keyValue } from "../collection/read-form.js";
import { readVectorRows, type Row } from "../collection/row-reader.js";
import type { InterfaceVersion } from "./interface-version.js";

type EntityOperation = "insert" | "upsert";

interface EntityRows extends NamesCollection, NamesMerge {
  readonly partitionName?: string | null | undefined;
  readonly data: Row | readonly Row[];
}

/** The members are written out: computed names are many times dearer. */
const toData = {
  insert: (count: number, ids: JsonValue) => ({ insertCount: count, insertIds: ids }),
  upsert: (count: number, ids: JsonValue) => ({ upsertCount: count, upsertIds: ids }),
} as const satisfies Record<EntityOperation, unknown>;

/** A merge loses an attempt to each concurrent write of one of its keys. */
const attemptsOf = { replace: 2, merge: 200 } as const;

/**
 * Repeats the checks when the collection is dropped or created anew while rows are checked, and a merge when the
 * entities that it completes rows with are replaced meanwhile.
 */
export function writeEntities(
  parts: VectorServiceParts,
  operation: EntityOperation,
  request: LookupRequest<EntityRows>,
): Promise<ServiceReply> {
  const { version, headers, body } = request;
  const { records: store } = parts.context.store;
  const rows = toRows(body.data);
  const merges = operation === "upsert" && wantsMerge(body);
  const attempt = async (collections: CollectionLookUps): Promise<ServiceReply | undefined> => {
    const { collection } = await locateCollection(collections, pathOf(request));
    const compiled = parts.compiled(collection);
    checkRows(compiled, rows, { operation, version });
    const rules = operation === "upsert" && compiled.autoId ? { ...compiled, autoId: false } : compiled;
    // The privilege, and the form of the partition's name, stand between the types and the sizes of the values.
    const beforeSizes = () => {
      request.permit();
      if (version.servesPartitions) checkPartitionUse(compiled.definition, body.partitionName);
    };
    const write = async (): Promise<readonly NewRecord[] | undefined> => {
      const { records: given, merged } = merges
        ? await mergeRows(store, { collection, compiled: rules, beforeSizes }, rows)
        : {
            records: readVectorRows(rules, rows, { uniqueKeys: operation === "upsert", beforeSizes }),
            merged: undefined,
          };
      if (version.servesPartitions) requirePartition(compiled.definition, body.partitionName);
      const records = compiled.autoId ? await withKeys(parts, given) : given;
      const outcome = await storeBatch(store, operation, { collection, records, given, merged });
      return outcome === "stored" ? records : undefined;
    };
    // Merges of one entity in this process would outrun each other.
    const records = merges
      ? await parts.takeTurn(`${collection.id} ${showValue(rows[0]?.[compiled.key.name])}`, write)
      : await write();
    if (records === undefined) return undefined;
    const asText = wantsText(headers);
    const ids = records.map(({ key = "" }) => (asText ? key : keyValue(compiled, key)));
    return { body: version.toRowsReply(toData[operation](records.length, ids)), collectionId: collection.id };
  };
  return writeLocated(parts.context.store, attempt, {
    attempts: attemptsOf[merges ? "merge" : "replace"],
    refuse: () => vectorFailures.refuse("schema-mismatch", { collection: body.collectionName }),
  });
}

/** In an upsert a generated key identifies the entity to replace. @throws RefusalError before any row is read */
function checkRows(
  compiled: CompiledCollection,
  rows: readonly Row[],
  { operation, version }: { operation: EntityOperation; version: InterfaceVersion },
): void {
  if (operation === "upsert" && compiled.autoId && !version.replacesGeneratedKeys)
    throw vectorFailures.refuse("auto-id-upsert");
  if (rows.length === 0) {
    const violation = { field: "data", rule: "required", message: "missing required parameters" };
    throw vectorFailures.refuse("invalid-data", { cause: violation.message }, [violation]);
  }
}

interface EntityBatch {
  readonly collection: Collection;
  readonly records: readonly NewRecord[];
  /** The records with the keys that they came with; the same list where they keep them. */
  readonly given: readonly NewRecord[];
  readonly merged: readonly bigint[] | undefined;
}

function storeBatch(
  store: ProviderRecords,
  operation: EntityOperation,
  { collection, records, given, merged }: EntityBatch,
): Promise<BatchOutcome | MergeOutcome> {
  const batch = { collection, records };
  if (operation === "insert") return store.insert(batch);
  // An upsert that replaces the keys of its own records shares a statement with others.
  if (merged === undefined && given === records) return store.upsert(batch);
  const replacedKeys = given.map(({ key = "" }) => key);
  return merged === undefined
    ? store.upsert({ ...batch, replacedKeys })
    : store.replaceMerged({ ...batch, replacedKeys, merged });
}

/** The server's timestamps have 18 logical bits below the milliseconds. */
const logicalBits = 18n;

/** Generated keys are timestamps, consecutive in one request. */
async function withKeys({ context }: VectorServiceParts, records: readonly NewRecord[]): Promise<readonly NewRecord[]> {
  const atLeast = BigInt(context.clock.now().getTime()) << logicalBits;
  const first = await context.store.records.reserveNumbers("auto-id", records.length, atLeast);
  return records.map((record, index) => ({ ...record, key: String(first + BigInt(index)) }));
}
