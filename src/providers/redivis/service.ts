import { refusal } from "../../contract/failures.js";
import type { ServiceContext } from "../../contract/provider.js";
import { endpoint, type Endpoint, type ServiceCall, type ServiceReply } from "../../contract/service.js";
import type { JsonObject } from "../../core/json.js";
import type { Store } from "../../core/store.js";
import { insertRows } from "./contract.js";
import { warningHeader } from "./dialect.js";
import { locateUpload } from "./locate.js";
import { readRows } from "./rows.js";

export function createService({ store }: ServiceContext): readonly Endpoint[] {
  return [endpoint(insertRows, (call) => addRows(store, call))];
}

/** The upload may be deleted or made anew while rows are checked: then everything is looked at once more. */
async function addRows(store: Store, call: ServiceCall<{ readonly rows: readonly JsonObject[] }>): Promise<ServiceReply> {
  const { tableReference = "", uploadName = "" } = call.path;
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { collection, upload, warnings } = await locateUpload(store.collections, { ...call, tableReference, uploadName });
    const { records, skipped } = readRows(upload, call.body.rows);
    if (records.length > 0 && (await store.records.insert({ collection, records })) !== "stored") continue;
    return {
      body: { kind: "insertRowsResponse", rowsAdded: records.length },
      headers: warnings.length === 0 ? {} : { [warningHeader]: warnings.join(" ") },
      violations: skipped,
      collectionId: collection.id,
    };
  }
  throw refusal("unavailable");
}
