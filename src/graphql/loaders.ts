import DataLoader from "dataloader";
import type { MiddlewareFn } from "type-graphql";
import type { ReadRecords } from "../application/read-records.js";
import type { Collection } from "../core/collection.js";
import type { StoredRecord } from "../core/record.js";
import type { Task, TaskFailure } from "../core/task.js";
import { createPageLoader, type PageLoader } from "./paging/page-loader.js";

/** Made for each request: whatever a request asks for at one level becomes one look-up a type. */
export interface Loaders {
  readonly collections: DataLoader<string, Collection | undefined>;
  readonly records: DataLoader<string, StoredRecord | undefined>;
  readonly tasks: DataLoader<string, Task | undefined>;
  /** Owned by collections. */
  readonly recordPages: PageLoader<StoredRecord>;
  /** Owned by tasks. */
  readonly failurePages: PageLoader<TaskFailure>;
}

export function createLoaders(read: ReadRecords): Loaders {
  return {
    collections: new DataLoader((ids) => read.collectionsById(ids)),
    records: new DataLoader((ids) => read.recordsById(ids)),
    tasks: new DataLoader((ids) => read.tasksById(ids)),
    recordPages: createPageLoader((requests) => read.recordPages(requests)),
    failurePages: createPageLoader((requests) => read.failurePages(requests)),
  };
}

/** Of a mutation: what it changed is read again by its own result and by the mutations after it in the request. */
export const forgetReads: MiddlewareFn<{ readonly loaders: Loaders }> = async ({ context }, next): Promise<unknown> => {
  try {
    return (await next()) as unknown;
  } finally {
    const { collections, records, tasks, recordPages, failurePages } = context.loaders;
    for (const loader of [collections, records, tasks, recordPages, failurePages]) loader.clearAll();
  }
};
