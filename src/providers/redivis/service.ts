import type { CollectionLookUps } from "../../contract/remembered-look-ups.js";
import type { ProviderStore } from "../../contract/provider-store.js";
import {
  endpoint,
  type CallOf,
  type Endpoint,
  type ServiceReply,
  type ServiceContext,
} from "../../contract/service.js";
import { writeLocated } from "../../contract/write-located.js";
import { insertRowsContract } from "./contract.js";
import { redivisFailures } from "./failures.js";
import { getTableContract, headTableContract } from "./dataset/table-contracts.js";
import { locateStream } from "./upload/locate-upload.js";
import { readUploadRows } from "./upload/rows.js";
import { listUploads, headTable, getTable } from "./dataset/table-service.js";
import {
  createUploadContract,
  deleteUploadContract,
  getUploadContract,
  headUploadContract,
  listUploadsContract,
} from "./upload/upload-contracts.js";
import { headUpload, createUpload, getUpload, deleteUpload } from "./upload/upload-service.js";

export function createRedivisService(): readonly Endpoint<ServiceContext>[] {
  return [
    endpoint(insertRowsContract, ({ store }, call) => insertRows(store, call)),
    endpoint(createUploadContract, ({ store }, call) => createUpload(store, call)),
    endpoint(getUploadContract, ({ store }, call) => getUpload(store, call)),
    endpoint(headUploadContract, ({ store }, call) => headUpload(store, call)),
    endpoint(deleteUploadContract, ({ store }, call) => deleteUpload(store, call)),
    endpoint(listUploadsContract, ({ store }, call) => listUploads(store, call)),
    endpoint(getTableContract, ({ store }, call) => getTable(store, call)),
    endpoint(headTableContract, ({ store }, call) => headTable(store, call)),
  ];
}

/**
 * When the upload is deleted or created anew while its rows are checked, the insert starts once more from the look-up.
 */
function insertRows(store: ProviderStore, call: CallOf<typeof insertRowsContract>): Promise<ServiceReply> {
  const attempt = async (collections: CollectionLookUps): Promise<ServiceReply | undefined> => {
    const { collection, upload, headers } = await locateStream(collections, call);
    const { records, skipped } = await readUploadRows(upload, call.body.rows);
    // Also without a record: the insert verifies the state by which all were skipped.
    if ((await store.records.insert({ collection, records })) !== "stored") return undefined;
    return {
      body: { kind: "insertRowsResponse", rowsAdded: records.length },
      headers,
      violations: skipped,
      collectionId: collection.id,
    };
  };
  return writeLocated(store, attempt, { attempts: 2, refuse: () => redivisFailures.refuse("unavailable") });
}
