import { showValue } from "../../src/json/stringify.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import { createCollection, errorFields, readAll, request, resultOf } from "../e2e/graphql-request.js";
import type { Collection, Outcome, StoredRow, Write } from "./model.js";

const collectionName = "durable";
const tableId = "0123456789abcdef01234567";

const vectorFields: JsonValue = [
  { name: "id", type: "Int64", primary: true },
  { name: "write", type: "Int64" },
  { name: "vector", type: "FloatVector", dim: 2 },
];

const tableFields: JsonValue = [
  { name: "id", type: "TEXT", unique: true },
  { name: "write", type: "INT" },
];

/** Creates one collection of each kind, and answers their ids. */
export async function createCollections(url: string): Promise<Readonly<Record<Collection, string>>> {
  return {
    inserted: await createCollection(url, { zilliz: { collectionName, fields: vectorFields } }),
    keyed: await createCollection(url, { milvus: { collectionName, fields: vectorFields } }),
    imported: await createCollection(url, {
      altatech: { table_id: tableId, name: collectionName, fields: tableFields },
    }),
  };
}

const insert = `mutation ($input: InsertRecordsInput!) { insertRecords(input: $input) { __typename ${errorFields} } }`;
const upsert = `mutation ($input: UpsertEntitiesInput!) { upsertEntities(input: $input) { __typename ${errorFields} } }`;

/** @throws TypeError where the connection fails, Error for an answer that no scenario explains */
export async function sendWrite(url: string, write: Write): Promise<Outcome> {
  if (write.removes) return remove(url, write);
  const records = Array.from({ length: write.count }, (_, index) => toRecord(write, write.first + index));
  const [mutation, target] = {
    inserted: [insert, { zilliz: { collectionName } }] as const,
    keyed: [upsert, { milvus: { collectionName } }] as const,
    imported: [insert, { altatech: { table_id: tableId } }] as const,
  }[write.collection];
  const { __typename, outcome, message } = resultOf(await request(url, mutation, { input: { target, records } }));
  if (/Success$|Accepted$/.test(showValue(__typename))) return "acknowledged";
  if (__typename !== "WriteUnavailableError") throw new Error(`a write failed: ${showValue(message)}`);
  return outcome === "NOT_APPLIED" ? "refused" : "unknown";
}

function toRecord({ id, collection }: Write, key: number): JsonObject {
  return collection === "imported" ? { id: String(key), write: id } : { id: key, write: id, vector: [key, 0.5] };
}

/** Only the REST faces remove records. They do not tell whether what failed was applied. */
async function remove(url: string, { first, count }: Write): Promise<Outcome> {
  const keys = Array.from({ length: count }, (_, index) => first + index);
  const response = await fetch(new URL("/v2/vectordb/entities/delete", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ collectionName, filter: `id in [${keys.join(",")}]` }),
    signal: AbortSignal.timeout(60_000),
  });
  const body: unknown = await response.json();
  return isJsonObject(body) && body["code"] === 0 ? "acknowledged" : "unknown";
}

export async function readStored(url: string, collectionId: string): Promise<readonly StoredRow[]> {
  const records = await readAll(url, collectionId);
  return records.map(({ id, write }) => ({ key: Number(id), write: Number(write) }));
}

/** @throws Error when a task does not end: a task of a process that is gone is taken over after 15 s */
export async function waitForImports(url: string): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (let after: unknown = null; ;) {
    const { importTasks } = await request(
      url,
      "query ($after: String) { importTasks(first: 1000, after: $after) { edges { node { status } } pageInfo { hasNextPage endCursor } } }",
      { after },
    );
    if (Date.now() > deadline) throw new Error("imports are still pending after 90 s");
    if (JSON.stringify(importTasks).includes("PENDING")) await new Promise((resolve) => setTimeout(resolve, 200));
    else {
      const pageInfo = isJsonObject(importTasks) ? importTasks["pageInfo"] : undefined;
      if (!isJsonObject(pageInfo) || pageInfo["hasNextPage"] !== true) return;
      after = pageInfo["endCursor"];
    }
  }
}
