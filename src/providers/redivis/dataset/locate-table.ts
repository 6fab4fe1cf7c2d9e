import type { Headers, Query } from "../../../contract/message.js";
import type { CollectionLookUps } from "../../../contract/remembered-look-ups.js";
import type { ServiceCall } from "../../../contract/service.js";
import type { Collection, Space } from "../../../core/collection.js";
import {
  findTableOfDataset,
  madeUpIdMember,
  mayEdit,
  maySee,
  readDataset,
  resolveVersion,
  spaceName,
  type Dataset,
  type TableOfDataset,
} from "./dataset.js";
import { warningHeader } from "../dialect.js";
import { redivisFailures } from "../failures.js";
import { parseReference, type ReferencePart, type TableReference } from "./reference.js";
import { collectionNames } from "../upload/upload.js";

/** A call of an endpoint below `/tables/{tableReference}`. */
export interface TableCall extends Pick<ServiceCall<unknown>, "query" | "caller"> {
  readonly path: { readonly tableReference: string; readonly uploadName?: string };
}

/** A call of an endpoint below `/tables/{tableReference}/uploads/{uploadName}`. */
export interface UploadCall extends TableCall {
  readonly path: { readonly tableReference: string; readonly uploadName: string };
}

/** `read` needs a dataset that the caller can see, `edit` one that the caller may edit. */
export type Purpose = "read" | "edit";

export interface FoundTable {
  readonly dataset: Dataset;
  readonly table: TableOfDataset;
  /** The version of the dataset. */
  readonly version: string;
  /** Warnings about the reference, for the reply. */
  readonly headers: Headers;
  /** The upload of the same call, when the statement that found the dataset also looked for it. */
  readonly passed: UploadLookup;
}

interface UploadLookup {
  /** The name that `collection` was looked up by. */
  readonly key?: string;
  readonly collection?: Collection;
}

/** Finds a visible dataset, then the table and its version, in at most two statements. @throws RefusalError */
export async function locateTable(store: CollectionLookUps, call: TableCall, purpose: Purpose): Promise<FoundTable> {
  const { tableReference, uploadName = "" } = call.path;
  const reference = parseReference(tableReference);
  if (reference === undefined) throw redivisFailures.refuse("not-found", { what: "Table" });
  const { dataset, ...passed } = await locateDataset(store, reference, uploadName);
  if (dataset === undefined || !maySee(call.caller, dataset))
    throw redivisFailures.refuse("not-found", { what: "Dataset" });
  const table = findTableOfDataset(dataset, reference.table);
  if (table === undefined) throw redivisFailures.refuse("not-found", { what: "Table" });
  const version = resolveVersion(dataset, reference.version);
  if (version === undefined) throw redivisFailures.refuse("not-found", { what: "Version" });
  checkStrictness(call.query, [
    [reference.dataset, dataset.name],
    [reference.table, table.name],
  ]);
  if (purpose === "edit" && !mayEdit(call.caller, dataset)) throw redivisFailures.refuse("access-denied");
  const warnings = [warnOf("dataset", reference.dataset, dataset), warnOf("table", reference.table, table)].flat();
  return {
    dataset,
    table,
    version,
    headers: warnings.length === 0 ? {} : { [warningHeader]: warnings.join(" ") },
    passed,
  };
}

/** @throws RefusalError for a released version, which is locked */
export function requireUnreleased({ version }: Pick<FoundTable, "version">): void {
  if (version !== "next") throw redivisFailures.refuse("version-released", { version });
}

/** Looks by name first, and by id only when no dataset of that name has the id: an id survives a rename. */
async function locateDataset(
  store: CollectionLookUps,
  reference: TableReference,
  uploadName: string,
): Promise<UploadLookup & { readonly dataset?: Dataset }> {
  const {
    owner,
    dataset: { name, id },
  } = reference;
  const key = toUploadKey(reference.table.name, uploadName);
  const { space, collection } = await store.locate(spaceName(owner, name), key);
  const named = space && readDataset(space);
  if (named !== undefined && (id === undefined || named.id === id)) return { dataset: named, key, collection };
  if (id === undefined) return {};
  const found: Space | undefined =
    (await store.findSpace({ owner, id })) ?? (await store.findSpace({ owner, [madeUpIdMember]: id }));
  const dataset = found && readDataset(found);
  // A dataset with an id of its own is not found by its generated id.
  return { dataset: dataset?.id === id ? dataset : undefined };
}

/** The name under which the collection of an upload is stored. */
export function toUploadKey(table: string, uploadName: string): string {
  return collectionNames(table, uploadName)[0];
}

/** Obeys the flags `exactReferences` and `strictReferences` of older clients. */
function checkStrictness(query: Query, named: readonly (readonly [ReferencePart, string])[]): void {
  if (isSet(query, "exactReferences") && named.some(([{ id }]) => id === undefined))
    throw redivisFailures.refuse("ids-missing");
  if (isSet(query, "strictReferences") && named.some(([{ name, id }, actual]) => id !== undefined && name !== actual))
    throw redivisFailures.refuse("names-disagree");
}

/** Clients write a flag in the spelling of their language. @throws RefusalError for any other text */
function isSet(query: Query, flag: string): boolean {
  const given = [query[flag] ?? []].flat().map((text) => flagTexts.get(text.toLowerCase()));
  if (given.includes(undefined))
    throw redivisFailures.refuse("invalid-request", { problem: `\`${flag}\` must be true or false.` }, [
      { field: flag, rule: "boolean", message: "must be true or false" },
    ]);
  return given.includes(true);
}

const flagTexts: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["false", false],
  ["0", false],
  ["", false],
]);

function warnOf(what: string, { id }: ReferencePart, actual: { readonly name: string; readonly id: string }): string[] {
  if (id !== undefined) return [];
  const consequence = "which may cause your code to break if the name changes";
  return [
    `No reference id was provided for the ${what}, ${consequence}. Consider using the qualified reference "${actual.name}:${actual.id}".`,
  ];
}
