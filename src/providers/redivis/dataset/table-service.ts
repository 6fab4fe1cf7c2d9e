import { readParameter, type Query } from "../../../contract/message.js";
import type { ProviderStore } from "../../../contract/provider-store.js";
import type { ServiceReply } from "../../../contract/service.js";
import type { Collection } from "../../../core/collection.js";
import { isPageKey, type Page, type PageRequest } from "../../../core/page.js";
import { spaceName } from "./dataset.js";
import { redivisFailures } from "../failures.js";
import { locateTable, type FoundTable, type TableCall } from "./locate-table.js";
import { toTableResource, toUploadResource } from "../resources.js";
import { collectionNames, readUpload } from "../upload/upload.js";

export async function getTable(store: ProviderStore, call: TableCall): Promise<ServiceReply> {
  const found = await locateTable(store.collections, call, "read");
  return { body: toTableResource(found, await countRowsOfTable(store, found)), headers: found.headers };
}

/** Does not count rows: the reply has no body. */
export async function headTable({ collections }: ProviderStore, call: TableCall): Promise<ServiceReply> {
  const { headers } = await locateTable(collections, call, "read");
  return { body: {}, headers };
}

/** The page size of official clients. */
const maxPageUploads = 100;

export async function listUploads(store: ProviderStore, call: TableCall): Promise<ServiceReply> {
  const page = readPageRequest(call.query);
  const found = await locateTable(store.collections, call, "read");
  const { items, keys, hasNextPage } = await pageOfUploads(store, found, page);
  const counts = await countEach(store, items);
  const results = items.map(({ definition }, index) =>
    toUploadResource(found, readUpload(definition), counts[index] ?? 0),
  );
  return { body: { results, nextPageToken: hasNextPage ? (keys.at(-1) ?? null) : null }, headers: found.headers };
}

/** @throws RefusalError naming the invalid parameter */
function readPageRequest(query: Query): PageRequest {
  const maxResults = readParameter(query, "maxResults") ?? String(maxPageUploads);
  if (!/^0*[1-9]\d{0,14}$/.test(maxResults))
    throw redivisFailures.refuse("invalid-request", { problem: "`maxResults` must be a whole number, at least 1." });
  const after = readParameter(query, "pageToken");
  if (after !== undefined && !isPageKey(after))
    throw redivisFailures.refuse("invalid-request", { problem: "`pageToken` is not one that was given with a page." });
  return { first: Math.min(Number(maxResults), maxPageUploads), after };
}

function pageOfUploads(
  { collections }: ProviderStore,
  { dataset, table }: FoundTable,
  page: PageRequest,
): Promise<Page<Collection>> {
  const [namePrefix] = collectionNames(table.name, "");
  return collections.listCollections({ space: spaceName(dataset.owner, dataset.name), namePrefix }, page);
}

function countEach({ records }: ProviderStore, uploads: readonly Collection[]): Promise<readonly number[]> {
  return records.countRecords(uploads);
}

/** Sums the rows of all uploads of the table. */
async function countRowsOfTable(store: ProviderStore, found: FoundTable): Promise<number> {
  let numRows = 0;
  let after: string | undefined;
  do {
    const page = await pageOfUploads(store, found, { first: maxPageUploads, after });
    for (const count of await countEach(store, page.items)) numRows += count;
    after = page.hasNextPage ? page.keys.at(-1) : undefined;
  } while (after !== undefined);
  return numRows;
}
