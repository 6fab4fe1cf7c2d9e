import { refusal } from "../../contract/failures.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceCall, type ServiceReply } from "../../contract/service.js";
import type { Caller } from "../../core/caller.js";
import type { JsonObject } from "../../core/json.js";
import { importRecords, queryImportResults } from "./contract.js";
import { providerId } from "./dialect.js";
import { belongsTo, readImportResults } from "./import-results.js";
import { toStorableRow, unwrap } from "./rows.js";

export function createService(context: ServiceContext): readonly Endpoint[] {
  return [
    endpoint(importRecords, ({ body, caller }) => enqueueImport(context, { ...body, caller })),
    endpoint(queryImportResults, (call) => answerImportResults(context, call)),
  ];
}

interface Import {
  readonly table_id: string;
  readonly records: readonly JsonObject[];
  readonly caller: Caller;
}

async function enqueueImport({ store, ids }: ServiceContext, { table_id, records, caller }: Import): Promise<ServiceReply> {
  const table = await store.collections.findByName(providerId, table_id);
  if (table === undefined) throw refusal("table-not-found");
  if (!belongsTo(caller, table)) throw refusal("table-not-accessible");
  const task = {
    id: ids.hex(24),
    provider: providerId,
    collection: { id: table.id, version: table.version },
    payload: records.map((record) => toStorableRow(unwrap(record))),
    totalCount: records.length,
  };
  if ((await store.tasks.enqueue(task)) === "stale") throw refusal("table-not-found");
  return { body: { code: 0, message: "OK", data: [task.id] }, collectionId: table.id };
}

async function answerImportResults({ store }: ServiceContext, { query, caller }: ServiceCall<unknown>): Promise<ServiceReply> {
  const ids = [query["ids"] ?? []].flat().filter((id) => id !== "");
  if (ids.length === 0) throw refusal("parameter-error", { problem: "`ids` is required" });
  return { body: await readImportResults(store, { ids: [...new Set(ids)], caller }) };
}
