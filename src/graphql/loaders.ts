import DataLoader from "dataloader";
import type { ReadRecords } from "../application/read-records.js";
import type { CallerRequest } from "../core/request-scope.js";
import type { Collection } from "../core/collection.js";
import type { StoredRecord } from "../core/record.js";
import type { Task, TaskFailure } from "../core/task.js";
import { createPageLoader, type PageLoader } from "./paging/page-loader.js";

/**
 * Created per request. The look-ups of one level of a request become one statement per type, or several for many ids:
 * other requests have their turns between statements.
 */
export interface Loaders {
  readonly collections: DataLoader<string, Collection | undefined>;
  readonly records: DataLoader<string, StoredRecord | undefined>;
  readonly tasks: DataLoader<string, Task | undefined>;
  /** Pages of the records of collections. */
  readonly recordPages: PageLoader<StoredRecord>;
  /** Pages of the failures of tasks. */
  readonly failurePages: PageLoader<TaskFailure>;
}

const inParts = { maxBatchSize: 1000 };

export function createLoaders(read: ReadRecords, request: CallerRequest): Loaders {
  return {
    collections: new DataLoader((ids) => read.collectionsById(request, ids), inParts),
    records: new DataLoader((ids) => read.recordsById(request, ids), inParts),
    tasks: new DataLoader((ids) => read.tasksById(request, ids), inParts),
    recordPages: createPageLoader((requests) => read.recordPages(request, requests)),
    failurePages: createPageLoader((requests) => read.failurePages(request, requests)),
  };
}

/** Clears the loaders after a mutation. */
export function forgetReads({ collections, records, tasks, recordPages, failurePages }: Loaders): void {
  for (const loader of [collections, records, tasks, recordPages, failurePages]) loader.clearAll();
}
