import { refusal } from "../../contract/failures.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceCall, type ServiceReply } from "../../contract/service.js";
import type { JsonObject } from "../../core/json.js";
import type { Store } from "../../core/store.js";
import { createUpload, deleteUpload, getTable, getUpload, headTable, headUpload, listUploads } from "./companion-contracts.js";
import { insertRows } from "./contract.js";
import { locateStream } from "./locate-upload.js";
import { readRows } from "./rows.js";
import { answerUploads, findTableResource, readTableResource } from "./table-service.js";
import { findUpload, makeUpload, readUploadResource, removeUpload } from "./upload-service.js";

export function createService({ store }: ServiceContext): readonly Endpoint[] {
  return [
    endpoint(insertRows, (call) => addRows(store, call)),
    endpoint(createUpload, (call) => makeUpload(store, call)),
    endpoint(getUpload, (call) => readUploadResource(store, call)),
    endpoint(headUpload, (call) => findUpload(store, call)),
    endpoint(deleteUpload, (call) => removeUpload(store, call)),
    endpoint(listUploads, (call) => answerUploads(store, call)),
    endpoint(getTable, (call) => readTableResource(store, call)),
    endpoint(headTable, (call) => findTableResource(store, call)),
  ];
}

/** The upload may be deleted or made anew while rows are checked: then everything is looked at once more. */
async function addRows(store: Store, call: ServiceCall<{ readonly rows: readonly JsonObject[] }>): Promise<ServiceReply> {
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { collection, upload, headers } = await locateStream(store.collections, call);
    const { records, skipped } = readRows(upload, call.body.rows);
    if (records.length > 0 && (await store.records.insert({ collection, records })) !== "stored") continue;
    return { body: { kind: "insertRowsResponse", rowsAdded: records.length }, headers, violations: skipped, collectionId: collection.id };
  }
  throw refusal("unavailable");
}
