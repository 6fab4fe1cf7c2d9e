import type { JsonObject } from "../json/value.js";
import type { Collection } from "../core/collection.js";
import type { OwnedPageRequest, Page, PageRequest } from "../core/page.js";
import type { StoredRecord } from "../core/record.js";
import type { Store } from "../core/store.js";
import type { Task, TaskFailure } from "../core/task.js";
import type { ProviderDirectory } from "./providers.js";

/**
 * Reads from embedded providers only. A look-up of several is one statement and answers in the order of its requests.
 */
export interface ReadRecords {
  collectionsById(ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  listCollections(provider: string | undefined, page: PageRequest): Promise<Page<Collection>>;
  recordsById(ids: readonly string[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** The owners are collections. */
  recordPages(requests: readonly OwnedPageRequest[]): Promise<readonly Page<StoredRecord>[]>;
  /** The record in the read form of its contract. */
  toFields(collection: Collection, record: StoredRecord): JsonObject;
  tasksById(ids: readonly string[]): Promise<readonly (Task | undefined)[]>;
  listTasks(collectionId: string | undefined, page: PageRequest): Promise<Page<Task>>;
  /** The owners are tasks. */
  failurePages(requests: readonly OwnedPageRequest[]): Promise<readonly Page<TaskFailure>[]>;
}

export function createReadRecords(directory: ProviderDirectory, store: Store): ReadRecords {
  const known = <Owned extends { readonly provider: string }>(owned: Owned | undefined): Owned | undefined =>
    owned !== undefined && directory.find(owned.provider)?.mode === "embedded" ? owned : undefined;
  return {
    collectionsById: async (ids) => (await store.collections.collectionsById(ids)).map(known),
    listCollections: (provider, page) => {
      const providers = directory.embeddedIds().filter((id) => provider === undefined || id === provider);
      return store.collections.listCollections({ providers }, page);
    },
    recordsById: (ids) => store.records.recordsById(ids),
    recordPages: (requests) => store.records.recordPages(requests),
    toFields: (collection, record) =>
      directory.get(collection.provider).provider.collections.toFields(collection, record),
    tasksById: async (ids) => (await store.tasks.tasksById(ids)).map(known),
    listTasks: (collectionId, page) =>
      store.tasks.listTasks({ providers: directory.embeddedIds(), collectionId }, page),
    failurePages: (requests) => store.tasks.failurePages(requests),
  };
}
