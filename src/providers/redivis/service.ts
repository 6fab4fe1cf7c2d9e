import type { ServiceContext } from "../../contract/provider.js";
import type { ProviderCollections, ProviderStore } from "../../contract/provider-store.js";
import { endpoint, type CallOf, type Endpoint, type ServiceReply } from "../../contract/service.js";
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

export function createRedivisService({ store }: ServiceContext): readonly Endpoint[] {
  return [
    endpoint(insertRowsContract, (call) => insertRows(store, call)),
    endpoint(createUploadContract, (call) => createUpload(store, call)),
    endpoint(getUploadContract, (call) => getUpload(store, call)),
    endpoint(headUploadContract, (call) => headUpload(store, call)),
    endpoint(deleteUploadContract, (call) => deleteUpload(store, call)),
    endpoint(listUploadsContract, (call) => listUploads(store, call)),
    endpoint(getTableContract, (call) => getTable(store, call)),
    endpoint(headTableContract, (call) => headTable(store, call)),
  ];
}

/**
 * When the upload is deleted or created anew while its rows are checked, the insert starts once more from the look-up.
 */
function insertRows(store: ProviderStore, call: CallOf<typeof insertRowsContract>): Promise<ServiceReply> {
  const attempt = async (collections: ProviderCollections): Promise<ServiceReply | undefined> => {
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
