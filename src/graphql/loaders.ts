import DataLoader from "dataloader";
import type { ReadRecords } from "../application/read-records.js";
import type { CallerRequest } from "../core/request-scope.js";
import type { Collection } from "../core/collection.js";
import type { StoredRecord } from "../core/record.js";
import type { Task, TaskFailure } from "../core/task.js";
import { createPageLoader, type PageLoader } from "./paging/page-loader.js";

const inParts = { maxBatchSize: 1000 };

/**
 * The loaders of one request. The look-ups of one level of it become one statement per type, or several for many ids:
 * other requests have their turns between statements. Each is made when it is first used: a write needs none.
 */
export class Loaders {
  readonly #read: ReadRecords;
  readonly #request: CallerRequest;
  #collections: DataLoader<string, Collection | undefined> | undefined;
  #records: DataLoader<string, StoredRecord | undefined> | undefined;
  #tasks: DataLoader<string, Task | undefined> | undefined;
  #recordPages: PageLoader<StoredRecord> | undefined;
  #failurePages: PageLoader<TaskFailure> | undefined;

  constructor(read: ReadRecords, request: CallerRequest) {
    this.#read = read;
    this.#request = request;
  }

  get collections(): DataLoader<string, Collection | undefined> {
    return (this.#collections ??= new DataLoader((ids) => this.#read.collectionsById(this.#request, ids), inParts));
  }

  get records(): DataLoader<string, StoredRecord | undefined> {
    return (this.#records ??= new DataLoader((ids) => this.#read.recordsById(this.#request, ids), inParts));
  }

  get tasks(): DataLoader<string, Task | undefined> {
    return (this.#tasks ??= new DataLoader((ids) => this.#read.tasksById(this.#request, ids), inParts));
  }

  /** Pages of the records of collections. */
  get recordPages(): PageLoader<StoredRecord> {
    return (this.#recordPages ??= createPageLoader((pages) => this.#read.recordPages(this.#request, pages)));
  }

  /** Pages of the failures of tasks. */
  get failurePages(): PageLoader<TaskFailure> {
    return (this.#failurePages ??= createPageLoader((pages) => this.#read.failurePages(this.#request, pages)));
  }

  /** Forgets what was read, after a mutation: what follows in the request is read again. */
  forget(): void {
    this.#collections = this.#records = this.#tasks = this.#recordPages = this.#failurePages = undefined;
  }
}
