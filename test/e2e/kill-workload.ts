import { showValue } from "../../src/json/stringify.js";
import type { JsonObject, JsonValue } from "../../src/json/value.js";
import { createCollection, errorFields, readAll, request, resultOf } from "./graphql-request.js";

const batchSize = 20;
const keySetCount = 8;

/** A batch that was sent, and whether its answer arrived. */
export interface SentBatch {
  readonly id: number;
  readonly kind: "insert" | "upsert" | "import";
  readonly keySet: number;
  acknowledged: boolean;
}

export interface Collections {
  readonly insert: string;
  readonly upsert: string;
  readonly import: string;
}

const vectorFields: JsonValue = [
  { name: "id", type: "Int64", primary: true },
  { name: "batch", type: "Int64" },
  { name: "vector", type: "FloatVector", dim: 2 },
];
const tableId = "0123456789abcdef01234567";

export async function createCollections(url: string): Promise<Collections> {
  return {
    insert: await createCollection(url, { zilliz: { collectionName: "killed", fields: vectorFields } }),
    upsert: await createCollection(url, { milvus: { collectionName: "killed", fields: vectorFields } }),
    import: await createCollection(url, {
      altatech: {
        table_id: tableId,
        name: "killed",
        fields: [
          { name: "id", type: "TEXT", unique: true },
          { name: "batch", type: "INT" },
        ],
      },
    }),
  };
}

/** Writes batches until the server is gone; records every batch before it is sent. */
export async function writeUntilGone(url: string, journal: SentBatch[], kind: SentBatch["kind"]): Promise<void> {
  for (;;) {
    const batch: SentBatch = { id: journal.length, kind, keySet: journal.length % keySetCount, acknowledged: false };
    journal.push(batch);
    try {
      const { __typename, message } = resultOf(await send(url, batch));
      if (!/Success|Accepted/.test(showValue(__typename))) throw new Error(`a write failed: ${showValue(message)}`);
    } catch (error) {
      if (error instanceof TypeError || (error instanceof Error && error.name === "SyntaxError")) return;
      throw error;
    }
    batch.acknowledged = true;
  }
}

function send(url: string, batch: SentBatch): Promise<JsonObject> {
  const numbers = Array.from({ length: batchSize }, (_, index) => index);
  if (batch.kind === "import") {
    const records = numbers.map((index) => ({ id: `${batch.id}-${index}`, batch: batch.id }));
    return insert(url, { altatech: { table_id: tableId } }, records);
  }
  const first = batch.kind === "insert" ? batch.id * batchSize : batch.keySet * batchSize;
  const records = numbers.map((index) => ({ id: first + index, batch: batch.id, vector: [index, 0.5] }));
  if (batch.kind === "insert") return insert(url, { zilliz: { collectionName: "killed" } }, records);
  const mutation = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { __typename ${errorFields} } }`;
  return request(url, mutation, { input: { target: { milvus: { collectionName: "killed" } }, records } });
}

function insert(url: string, target: JsonObject, records: readonly JsonObject[]): Promise<JsonObject> {
  const mutation = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ${errorFields} } }`;
  return request(url, mutation, { input: { target, records } });
}

export async function waitForImports(url: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (let pending = true; pending;) {
    if (Date.now() > deadline) throw new Error("imports are still pending after 60 s");
    const { importTasks } = await request(url, "{ importTasks(first: 1000) { edges { node { status } } } }");
    pending = JSON.stringify(importTasks).includes("PENDING");
    if (pending) await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

export interface Survey {
  readonly acknowledged: number;
  readonly stored: number;
  readonly missing: number;
  readonly doubled: number;
  readonly halfBatches: number;
}

/** Compares the stored records with the batches sent. Counts are of records, except for `halfBatches`. */
export async function survey(url: string, collections: Collections, journal: readonly SentBatch[]): Promise<Survey> {
  const perKind = {
    insert: count(await readAll(url, collections.insert)),
    import: count(await readAll(url, collections.import)),
  };
  let missing = 0;
  let doubled = 0;
  let halfBatches = 0;
  for (const batch of journal) {
    if (batch.kind === "upsert") continue;
    const found = perKind[batch.kind].get(batch.id) ?? 0;
    if (batch.acknowledged) missing += Math.max(0, batchSize - found);
    else if (found !== 0 && found < batchSize) halfBatches += 1;
    doubled += Math.max(0, found - batchSize);
  }
  const upserts = surveyUpserts(await readAll(url, collections.upsert), journal);
  const stored = [...perKind.insert.values(), ...perKind.import.values()].reduce(
    (sum, found) => sum + found,
    upserts.stored,
  );
  return {
    acknowledged: journal.filter((batch) => batch.acknowledged).length * batchSize,
    stored,
    missing: missing + upserts.missing,
    doubled: doubled + upserts.doubled,
    halfBatches: halfBatches + upserts.halfBatches,
  };
}

/** Each set of keys must hold the whole of its last acknowledged batch, or of one sent after it. */
function surveyUpserts(records: readonly JsonObject[], journal: readonly SentBatch[]): Omit<Survey, "acknowledged"> {
  const result = { stored: records.length, missing: 0, doubled: 0, halfBatches: 0 };
  for (let keySet = 0; keySet < keySetCount; keySet += 1) {
    const own = records.filter(({ id }) => Math.floor(Number(id) / batchSize) === keySet);
    const sent = journal.filter((batch) => batch.kind === "upsert" && batch.keySet === keySet);
    const last = sent.findLast((batch) => batch.acknowledged);
    const owners = new Set(own.map(({ batch }) => Number(batch)));
    result.doubled += own.length - new Set(own.map(({ id }) => Number(id))).size;
    if (owners.size > 1) result.halfBatches += 1;
    if (last === undefined) continue;
    const allowed = new Set(sent.filter((batch) => batch.id >= last.id).map((batch) => batch.id));
    result.missing += batchSize - own.filter(({ batch }) => allowed.has(Number(batch))).length;
  }
  return result;
}

function count(records: readonly JsonObject[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { batch } of records) counts.set(Number(batch), (counts.get(Number(batch)) ?? 0) + 1);
  return counts;
}
