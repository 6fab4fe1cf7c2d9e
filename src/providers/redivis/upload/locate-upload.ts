import type { CollectionLookUps } from "../../../contract/remembered-look-ups.js";
import type { Collection } from "../../../core/collection.js";
import { spaceName } from "../dataset/dataset.js";
import { redivisFailures } from "../failures.js";
import {
  locateTable,
  requireUnreleased,
  toUploadKey,
  type FoundTable,
  type Purpose,
  type UploadCall,
} from "../dataset/locate-table.js";
import { readUpload, type Upload } from "./upload.js";

export interface FoundUpload extends FoundTable {
  readonly collection: Collection;
  readonly upload: Upload;
}

/** Finds a visible dataset, the table, then the upload, in at most three statements. @throws RefusalError */
export async function locateUpload(store: CollectionLookUps, call: UploadCall, purpose: Purpose): Promise<FoundUpload> {
  const found = await locateTable(store, call, purpose);
  const { dataset, table, passed } = found;
  const key = toUploadKey(table.name, call.path.uploadName);
  const collection =
    passed.key === key
      ? passed.collection
      : (await store.locate(spaceName(dataset.owner, dataset.name), key)).collection;
  if (collection === undefined) throw redivisFailures.refuse("not-found", { what: "Upload" });
  return { ...found, collection, upload: readUpload(collection.definition) };
}

/** Finds an upload that accepts rows: a stream of an unreleased version. @throws RefusalError */
export async function locateStream(store: CollectionLookUps, call: UploadCall): Promise<FoundUpload> {
  const found = await locateUpload(store, call, "edit");
  requireUnreleased(found);
  const { type } = found.upload;
  if (type !== "stream") throw redivisFailures.refuse("upload-not-stream", { type });
  return found;
}
