import DataLoader from "dataloader";
import type { ReadRecords } from "../application/read-records.js";
import type { Collection } from "../core/collection.js";
import type { StoredRecord } from "../core/record.js";
import type { Task } from "../core/task.js";

/** Made for each request: whatever a request asks for by id becomes one lookup a type. */
export interface Loaders {
  readonly collections: DataLoader<string, Collection | undefined>;
  readonly records: DataLoader<string, StoredRecord | undefined>;
  readonly tasks: DataLoader<string, Task | undefined>;
}

export function createLoaders(read: ReadRecords): Loaders {
  return {
    collections: new DataLoader((ids) => read.collectionsById(ids)),
    records: new DataLoader((ids) => read.recordsById(ids)),
    tasks: new DataLoader((ids) => read.tasksById(ids)),
  };
}
