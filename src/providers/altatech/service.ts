import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceReply } from "../../contract/service.js";
import type { Caller } from "../../core/caller.js";
import type { JsonObject } from "../../json/value.js";
import { importRecordsContract, queryImportResultsContract } from "./contract.js";
import { addTable } from "./table/create-table.js";
import { altatechFailures } from "./failures.js";
import { findTable } from "./table/find-table.js";
import { answerImportResults } from "./import/import-results.js";
import { answerRecordPage } from "./table/record-page.js";
import { toStorableRow, unwrap } from "./import/rows.js";
import { createTableContract, readRecordsContract } from "./table-contracts.js";

export function createAltatechService(context: ServiceContext): readonly Endpoint[] {
  return [
    endpoint(importRecordsContract, ({ body, caller }) => enqueueImport(context, { ...body, caller })),
    endpoint(queryImportResultsContract, (call) => answerImportResults(context.store, call)),
    endpoint(createTableContract, (call) => addTable(context, call)),
    endpoint(readRecordsContract, (call) => answerRecordPage(context.store, call)),
  ];
}

interface Import {
  readonly table_id: string;
  readonly records: readonly JsonObject[];
  readonly caller: Caller;
}

async function enqueueImport({ store, ids }: ServiceContext, { table_id, records, caller }: Import): Promise<ServiceReply> {
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
