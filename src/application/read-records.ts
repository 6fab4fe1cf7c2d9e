import type { Collection } from "../core/collection.js";
import type { OwnedPageRequest, Page, PageRequest } from "../core/page.js";
import type { StoredRecord } from "../core/record.js";
import type { CallerRequest } from "../core/request-scope.js";
import type { StoreOf } from "../core/store.js";
import type { Task, TaskFailure } from "../core/task.js";
import type { Policy } from "./access/policy.js";

/**
 * Reads from embedded providers, and the mirrored tasks of real services, in the spaces that the caller may see. A
 * look-up of several is one statement and answers in the order of its requests.
 */
export interface ReadRecords {
  collectionsById(request: CallerRequest, ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  listCollections(request: CallerRequest, provider: string | undefined, page: PageRequest): Promise<Page<Collection>>;
  recordsById(request: CallerRequest, ids: readonly string[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** The owners are collections. */
  recordPages(request: CallerRequest, requests: readonly OwnedPageRequest[]): Promise<readonly Page<StoredRecord>[]>;
  tasksById(request: CallerRequest, ids: readonly string[]): Promise<readonly (Task | undefined)[]>;
  listTasks(request: CallerRequest, collectionId: string | undefined, page: PageRequest): Promise<Page<Task>>;
  /** The owners are tasks. */
  failurePages(request: CallerRequest, requests: readonly OwnedPageRequest[]): Promise<readonly Page<TaskFailure>[]>;
}

export function createReadRecords(options: { readonly policy: Policy; readonly storeOf: StoreOf }): ReadRecords {
  const { policy, storeOf } = options;
  return {
    collectionsById: ({ caller, scope }, ids) =>
      storeOf(scope).collections.collectionsById(policy.visible(caller, "describe"), ids),
    listCollections: ({ caller, scope }, provider, page) =>
      storeOf(scope).collections.listCollections({ visible: policy.visible(caller, "describe", provider) }, page),
    recordsById: ({ caller, scope }, ids) =>
      storeOf(scope).records.recordsById(policy.visible(caller, "read-records"), ids),
    recordPages: ({ caller, scope }, requests) =>
      storeOf(scope).records.recordPages(policy.visible(caller, "read-records"), requests),
    tasksById: ({ caller, scope }, ids) => storeOf(scope).tasks.tasksById(policy.visibleTasks(caller), ids),
    listTasks: ({ caller, scope }, collectionId, page) =>
      storeOf(scope).tasks.listTasks({ visible: policy.visibleTasks(caller), collectionId }, page),
    failurePages: ({ caller, scope }, requests) =>
      storeOf(scope).tasks.failurePages(policy.visibleTasks(caller), requests),
  };
}
