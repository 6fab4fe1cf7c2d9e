import type { Caller } from "../core/access/caller.js";
import type { Collection } from "../core/collection.js";
import type { OwnedPageRequest, Page, PageRequest } from "../core/page.js";
import type { StoredRecord } from "../core/record.js";
import type { Store } from "../core/store.js";
import type { Task, TaskFailure } from "../core/task.js";
import type { Policy } from "./access/policy.js";

/**
 * Reads from embedded providers, and the mirrored tasks of real services, in the spaces that the caller may see. A look-up of several is one statement and
 * answers in the order of its requests.
 */
export interface ReadRecords {
  collectionsById(caller: Caller, ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  listCollections(caller: Caller, provider: string | undefined, page: PageRequest): Promise<Page<Collection>>;
  recordsById(caller: Caller, ids: readonly string[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** The owners are collections. */
  recordPages(caller: Caller, requests: readonly OwnedPageRequest[]): Promise<readonly Page<StoredRecord>[]>;
  tasksById(caller: Caller, ids: readonly string[]): Promise<readonly (Task | undefined)[]>;
  listTasks(caller: Caller, collectionId: string | undefined, page: PageRequest): Promise<Page<Task>>;
  /** The owners are tasks. */
  failurePages(caller: Caller, requests: readonly OwnedPageRequest[]): Promise<readonly Page<TaskFailure>[]>;
}

export function createReadRecords({ policy, store }: { readonly policy: Policy; readonly store: Store }): ReadRecords {
  return {
    collectionsById: (caller, ids) => store.collections.collectionsById(policy.visible(caller, "describe"), ids),
    listCollections: (caller, provider, page) =>
      store.collections.listCollections({ visible: policy.visible(caller, "describe", provider) }, page),
    recordsById: (caller, ids) => store.records.recordsById(policy.visible(caller, "read-records"), ids),
    recordPages: (caller, requests) => store.records.recordPages(policy.visible(caller, "read-records"), requests),
    tasksById: (caller, ids) => store.tasks.tasksById(policy.visibleTasks(caller), ids),
    listTasks: (caller, collectionId, page) =>
      store.tasks.listTasks({ visible: policy.visibleTasks(caller), collectionId }, page),
    failurePages: (caller, requests) => store.tasks.failurePages(policy.visibleTasks(caller), requests),
  };
}
