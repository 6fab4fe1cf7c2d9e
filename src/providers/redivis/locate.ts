import { refusal } from "../../contract/failures.js";
import { readParameter, type Query } from "../../contract/message.js";
import { findUnstorableText } from "../../contract/storable.js";
import type { Caller } from "../../core/caller.js";
import type { Collection, CollectionStore, Space } from "../../core/collection.js";
import { findTable, mayEdit, maySee, readDataset, resolveVersion, spaceName, type Dataset } from "./dataset.js";
import { providerId } from "./dialect.js";
import { parseReference, type Named, type TableReference } from "./reference.js";
import { collectionNames, readUpload, type Upload } from "./upload.js";

export interface Wanted {
  readonly tableReference: string;
  readonly uploadName: string;
  readonly query: Query;
  readonly caller: Caller;
}

export interface FoundUpload {
  readonly collection: Collection;
  readonly upload: Upload;
  /** What the caller is to be told of the reference. */
  readonly warnings: readonly string[];
}

/** Checks 5 to 8 of the contract, in at most three statements. @throws Refusal */
export async function locateUpload(store: CollectionStore, wanted: Wanted): Promise<FoundUpload> {
  const { uploadName, caller } = wanted;
  const reference = parseReference(wanted.tableReference);
  if (reference === undefined) throw refusal("not-found", { what: "Table" });
  const located = await locateDataset(store, reference, uploadName);
  const dataset = located?.dataset;
  if (dataset === undefined || !maySee(caller, dataset)) throw refusal("not-found", { what: "Dataset" });
  const table = findTable(dataset, reference.table);
  if (table === undefined) throw refusal("not-found", { what: "Table" });
  const version = resolveVersion(dataset, reference.version);
  if (version === undefined) throw refusal("not-found", { what: "Version" });
  checkStrictness(wanted.query, [[reference.dataset, dataset.name], [reference.table, table.name]]);
  if (!mayEdit(caller, dataset)) throw refusal("access-denied");
  const key = toKey(table.name, uploadName);
  const collection = located?.key === key ? located.collection : (await store.locate(providerId, spaceName(dataset.owner, dataset.name), key)).collection;
  if (collection === undefined) throw refusal("not-found", { what: "Upload" });
  if (version !== "next") throw refusal("version-released", { version });
  const upload = readUpload(collection.definition);
  if (upload.type !== "stream") throw refusal("upload-not-stream", { type: upload.type });
  return { collection, upload, warnings: [warnOf("dataset", reference.dataset, dataset), warnOf("table", reference.table, table)].flat() };
}

interface Located {
  readonly dataset: Dataset;
  /** What `collection` was looked for by. */
  readonly key?: string;
  readonly collection?: Collection;
}

/** By name, and by id only where the name leads to no dataset with that id: ids survive a new name. */
async function locateDataset(store: CollectionStore, reference: TableReference, uploadName: string): Promise<Located | undefined> {
  const { owner, dataset: { name, id } } = reference;
  const key = toKey(reference.table.name, uploadName);
  const { space, collection } = await store.locate(providerId, spaceName(owner, name), key);
  const named = space && readDataset(space);
  if (named !== undefined && (id === undefined || named.id === id)) return { dataset: named, key, collection };
  const found: Space | undefined = id === undefined ? undefined : await store.findSpace(providerId, { owner, id });
  return found && { dataset: readDataset(found) };
}

/** The name that a stored collection has; what the database cannot hold is the name of none. */
function toKey(table: string, uploadName: string): string {
  return findUnstorableText(uploadName) === undefined ? collectionNames(table, uploadName)[0] : "";
}

/** Flags that older clients send. */
function checkStrictness(query: Query, named: readonly (readonly [Named, string])[]): void {
  if (isSet(query, "exactReferences") && named.some(([{ id }]) => id === undefined)) throw refusal("ids-missing");
  if (isSet(query, "strictReferences") && named.some(([{ name, id }, actual]) => id !== undefined && name !== actual)) throw refusal("names-disagree");
}

function isSet(query: Query, flag: string): boolean {
  return ["true", "1"].includes(readParameter(query, flag) ?? "");
}

function warnOf(what: string, { id }: Named, actual: { readonly name: string; readonly id: string }): string[] {
  if (id !== undefined) return [];
  const consequence = "which may cause your code to break if the name changes";
  return [`No reference id was provided for the ${what}, ${consequence}. Consider using the qualified reference "${actual.name}:${actual.id}".`];
}
