import type { ProviderStore } from "../../../contract/provider-store.js";
import type { CallOf, ServiceReply } from "../../../contract/service.js";
import { spaceName } from "../dataset/dataset.js";
import { redivisFailures } from "../failures.js";
import { locateTable, requireUnreleased, type UploadCall } from "../dataset/locate-table.js";
import { locateUpload } from "./locate-upload.js";
import type { createUploadContract } from "./upload-contracts.js";
import { toUploadResource } from "../resources.js";
import { findSchemaFault, toUpload } from "./upload.js";

export async function createUpload(
  { collections }: ProviderStore,
  call: CallOf<typeof createUploadContract>,
): Promise<ServiceReply> {
  const wanted = call.body;
  const problem = findSchemaFault(wanted);
  if (problem !== undefined)
    throw redivisFailures.refuse("invalid-request", { problem: `\`schema\`: ${problem.message}.` }, [
      { field: "schema", ...problem },
    ]);
  const found = await locateTable(collections, call, "edit");
  requireUnreleased(found);
  const { dataset, table, headers } = found;
  const space = { name: spaceName(dataset.owner, dataset.name), definition: {} };
  const { created, collection } = await collections.createCollection({ space, ...toUpload(table, wanted) });
  if (!created) throw redivisFailures.refuse("conflict");
  return { body: toUploadResource(found, wanted, 0), headers, collectionId: collection.id };
}

export async function getUpload({ collections, records }: ProviderStore, call: UploadCall): Promise<ServiceReply> {
  const found = await locateUpload(collections, call, "read");
  const [numRows = 0] = await records.countRecords([found.collection]);
  return { body: toUploadResource(found, found.upload, numRows), headers: found.headers };
}

/** Does not count rows: the reply has no body. */
export async function headUpload({ collections }: ProviderStore, call: UploadCall): Promise<ServiceReply> {
  const { headers } = await locateUpload(collections, call, "read");
  return { body: {}, headers };
}

/** Answers a body: the official Python client cannot read an empty reply. */
export async function deleteUpload({ collections }: ProviderStore, call: UploadCall): Promise<ServiceReply> {
  const found = await locateUpload(collections, call, "edit");
  requireUnreleased(found);
  if (!(await collections.deleteCollection(found.collection)))
    throw redivisFailures.refuse("not-found", { what: "Upload" });
  return { body: { kind: "deleteUploadResponse", name: found.upload.name }, headers: found.headers };
}
