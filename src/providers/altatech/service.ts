import { endpoint, type Endpoint, type ServiceReply, type ServiceContext } from "../../contract/service.js";
import type { ProviderCaller } from "../../core/access/caller.js";
import type { JsonObject } from "../../json/value.js";
import { importRecordsContract, queryImportResultsContract } from "./contract.js";
import { createTable } from "./table/create-table.js";
import { altatechFailures } from "./failures.js";
import { findTable } from "./table/find-table.js";
import { queryImportResults } from "./import/import-results.js";
import { readRecords } from "./table/record-page.js";
import { toStorableRow, unwrap } from "./import/rows.js";
import { createTableContract, readRecordsContract } from "./table/table-contracts.js";

export function createAltatechService(): readonly Endpoint<ServiceContext>[] {
  return [
    endpoint(importRecordsContract, (context, { body, caller }) => importRecords(context, { ...body, caller })),
    endpoint(queryImportResultsContract, ({ store }, call) => queryImportResults(store, call)),
    endpoint(createTableContract, createTable),
    endpoint(readRecordsContract, ({ store }, call) => readRecords(store, call)),
  ];
}

interface Import {
  readonly table_id: string;
  readonly records: readonly JsonObject[];
  readonly caller: ProviderCaller;
}

async function importRecords(
  { store, ids }: ServiceContext,
  { table_id, records, caller }: Import,
): Promise<ServiceReply> {
  const table = await findTable(store.collections, { table_id, caller });
  const task = {
    id: ids.hex(24),
    collection: table,
    payload: records.map((record) => toStorableRow(unwrap(record))),
    totalCount: records.length,
  };
  if ((await store.tasks.enqueue(task)) === "stale") throw altatechFailures.refuse("table-not-found");
  return { body: { code: 0, message: "OK", data: [task.id] }, collectionId: table.id };
}
