import type { NewRecord } from "../../core/record.js";
import { repeatWhileStale } from "../../contract/repeat-while-stale.js";
import type { ServiceReply } from "../../contract/service.js";
import { toRows } from "../wire/body.js";
import type { CompiledCollection } from "../collection/compiled-collection.js";
import { vectorFailures } from "../failures/vector-failures.js";
import { wantsText, type PermittedRequest, type NamesCollection, type VectorServiceParts } from "./permitted-request.js";
import { locateCollection } from "./locate.js";
import { keyValue } from "../collection/read-form.js";
import { readVectorRows, type Row } from "../collection/row-reader.js";
import type { InterfaceVersion } from "./interface-version.js";

type EntityOperation = "insert" | "upsert";

interface EntityRows extends NamesCollection {
  readonly data: Row | readonly Row[];
}

/** Repeats the checks when the collection is dropped or created anew while rows are checked. */
export function writeEntities(parts: VectorServiceParts, operation: EntityOperation, { version, database, headers, body }: PermittedRequest<EntityRows>): Promise<ServiceReply> {
  const { records: store, collections } = parts.context.store;
  const rows = toRows(body.data);
  const attempt = async (): Promise<ServiceReply | undefined> => {
    const { collection } = await locateCollection(collections, { database, collection: body.collectionName });
    const compiled = parts.compiled(collection);
    const given = readEntityRecords(compiled, rows, { operation, version });
    const records = await withKeys(parts, compiled, given);
    const batch = { collection, records };
    const outcome = operation === "insert" ? await store.insert(batch) : await store.upsert({ ...batch, replacedKeys: given.map(({ key = "" }) => key) });
    if (outcome !== "stored") return undefined;
    const asText = wantsText(headers);
    const ids = records.map(({ key = "" }) => (asText ? key : keyValue(compiled, key)));
    const data = { [`${operation}Count`]: records.length, [`${operation}Ids`]: ids };
    return { body: version.toReply(data), collectionId: collection.id };
  };
  return repeatWhileStale(attempt, { attempts: 2, refuse: () => vectorFailures.refuse("schema-mismatch", { collection: body.collectionName }) });
}

/** The records of the request; in an upsert a generated key identifies the entity to replace. */
function readEntityRecords(compiled: CompiledCollection, rows: readonly Row[], { operation, version }: { operation: EntityOperation; version: InterfaceVersion }): readonly NewRecord[] {
  const isUpsert = operation === "upsert";
  if (isUpsert && compiled.autoId && !version.replacesGeneratedKeys) throw vectorFailures.refuse("auto-id-upsert");
  if (rows.length === 0) {
    const violation = { field: "data", rule: "required", message: "missing required parameters" };
    throw vectorFailures.refuse("invalid-data", { cause: violation.message }, [violation]);
  }
  return readVectorRows(isUpsert ? { ...compiled, autoId: false } : compiled, rows, { uniqueKeys: isUpsert });
}

/** The server's timestamps have 18 logical bits below the milliseconds. */
const logicalBits = 18n;

/** Generated keys are timestamps, consecutive in one request. */
async function withKeys({ context }: VectorServiceParts, compiled: CompiledCollection, records: readonly NewRecord[]): Promise<readonly NewRecord[]> {
  if (!compiled.autoId) return records;
  const atLeast = BigInt(context.clock.now().getTime()) << logicalBits;
  const first = await context.store.records.reserveNumbers("auto-id", records.length, atLeast);
  return records.map((record, index) => ({ ...record, key: String(first + BigInt(index)) }));
}
