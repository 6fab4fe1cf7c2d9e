import { refusal } from "../../contract/failures.js";
import type { Collection, CollectionStore } from "../../core/collection.js";
import { spaceName } from "./dataset.js";
import { providerId } from "./dialect.js";
import { locateTable, requireUnreleased, toKey, type FoundTable, type Purpose, type TableCall } from "./locate-table.js";
import { readUpload, type Upload } from "./upload.js";

export interface FoundUpload extends FoundTable {
  readonly collection: Collection;
  readonly upload: Upload;
}

/** Checks 5 to 7 of the contract, in at most three statements. @throws Refusal */
export async function locateUpload(store: CollectionStore, call: TableCall, purpose: Purpose): Promise<FoundUpload> {
  const found = await locateTable(store, call, purpose);
  const { dataset, table, passed } = found;
  const key = toKey(table.name, call.path["uploadName"] ?? "");
  const collection = passed.key === key ? passed.collection : (await store.locate(providerId, spaceName(dataset.owner, dataset.name), key)).collection;
  if (collection === undefined) throw refusal("not-found", { what: "Upload" });
  return { ...found, collection, upload: readUpload(collection.definition) };
}

/** Check 8 as well: an upload that rows can be added to. @throws Refusal */
export async function locateStream(store: CollectionStore, call: TableCall): Promise<FoundUpload> {
  const found = await locateUpload(store, call, "edit");
  requireUnreleased(found);
  const { type } = found.upload;
  if (type !== "stream") throw refusal("upload-not-stream", { type });
  return found;
}
