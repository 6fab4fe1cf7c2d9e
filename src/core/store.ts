import type { JsonObject, JsonValue } from "./json.js";
import type { CredentialStore } from "./credential.js";
import type { Claim, ClaimStore } from "./claim.js";
import type { FailureKind } from "./failure.js";

/** What holds collections: a Milvus database, a Redivis dataset, an Altatech agent, a DingTalk base. */
export interface Space {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly definition: JsonObject;
}

/** The place records go to. */
export interface Collection {
  readonly id: string;
  readonly provider: string;
  readonly spaceId: string;
  readonly spaceName: string;
  readonly name: string;
  readonly definition: JsonObject;
  /** Grows with every change of the definition; a write names the version it was validated against. */
  readonly version: number;
  readonly createdAt: Date;
}

export interface NewCollection {
  readonly provider: string;
  readonly space: { readonly name: string; readonly definition: JsonObject };
  readonly name: string;
  /** A second name, where the contract has one; no two of the space have the same. */
  readonly alias?: string;
  readonly definition: JsonObject;
}

/** Where a page starts and how long it may be. `after` is the last key of the page before. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
}

export interface Page<T> {
  readonly items: readonly T[];
  /** The key of each item, in the order of `items`. */
  readonly keys: readonly string[];
  readonly hasNextPage: boolean;
}

/** Of these providers only. */
export interface CollectionFilter {
  readonly providers: readonly string[];
}

/**
 * Every method throws `StoreUnavailable` when the database cannot be reached, and nothing else on purpose.
 * Lookups by several ids are one statement and answer in the order of the ids.
 */
export interface CollectionStore {
  /** Whether no space was ever created. */
  isNew(): Promise<boolean>;
  /**
   * Creates the collection and, if absent, its space; an existing space takes over what the new collection says of it and keeps the rest.
   * When there is a collection of that name or alias, nothing is changed and it is answered with `created: false`.
   */
  createCollection(collection: NewCollection): Promise<{ readonly created: boolean; readonly collection: Collection }>;
  /** Deletes the collection with its records and tasks; false when there is none. */
  deleteCollection(id: string): Promise<boolean>;
  /** Creates the space or replaces its definition. */
  saveSpace(space: Omit<Space, "id">): Promise<Space>;
  /** The first space by name whose definition has these texts as members. Reads all spaces of the provider, so only for what no name finds. */
  findSpace(provider: string, members: Readonly<Record<string, string>>): Promise<Space | undefined>;
  /** Whether the definition of any of the provider's spaces has something at the path. */
  anySpaceHas(provider: string, path: readonly string[]): Promise<boolean>;
  /** The space and the collection in it, by its name or else by its alias, in one statement. */
  locate(provider: string, space: string, collection: string): Promise<{ readonly space?: Space; readonly collection?: Collection }>;
  /** A collection by its name in whatever space of the provider. */
  findByName(provider: string, collection: string): Promise<Collection | undefined>;
  collectionsById(ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  /** In order of creation. */
  listCollections(filter: CollectionFilter, page: PageRequest): Promise<Page<Collection>>;
}

/** A validated record, ready to be stored. */
export interface NewRecord {
  /** The primary key as text, where the collection has one. */
  readonly key?: string;
  readonly fields: JsonObject;
  /** Dense vectors, packed in the order of the definition. */
  readonly vectors?: Uint8Array;
}

export interface StoredRecord {
  readonly id: string;
  readonly collectionId: string;
  readonly key?: string;
  readonly fields: JsonObject;
  readonly vectors?: Uint8Array;
  readonly version: number;
  readonly insertedAt: Date;
}

export interface RecordBatch {
  readonly collection: { readonly id: string; readonly version: number };
  readonly records: readonly NewRecord[];
}

export interface WriteBatch extends RecordBatch {
  /** What becomes of the collection's definition with these records; whoever wrote the same at that moment is `stale`. */
  readonly definition?: JsonObject;
  /** Taken together with the records: both or neither are stored. */
  readonly claim?: Claim;
}

/** `stale`: the collection no longer exists in that version. `claimed`: somebody has the claim. Nothing was written then. */
export type BatchOutcome = "stored" | "stale" | "claimed";

export interface RecordStore {
  /** Stores all records or none; keys need not be unique. Of concurrent calls with one claim exactly one stores, the others wait for it. */
  insert(batch: WriteBatch): Promise<BatchOutcome>;
  /** Replaces whatever has one of the keys, all or nothing; concurrent calls leave one record a key. Every record has a key, none twice. */
  upsert(batch: WriteBatch): Promise<BatchOutcome>;
  recordsById(ids: readonly string[]): Promise<readonly (StoredRecord | undefined)[]>;
  /** In order of insertion. */
  listRecords(collectionId: string, page: PageRequest): Promise<Page<StoredRecord>>;
  /** The first of `count` consecutive numbers that nobody else gets, never smaller than `atLeast`. */
  reserveNumbers(scope: string, count: number, atLeast: bigint): Promise<bigint>;
}

export const taskStates = ["pending", "succeeded", "failed"] as const;
export type TaskState = (typeof taskStates)[number];

/** One rejected record of a task. `recordIndex` counts from 0; absent when the whole batch clashed. */
export interface TaskFailure {
  readonly recordIndex?: number;
  readonly field?: string;
  readonly message: string;
}

/** Why a whole task failed. */
export interface TaskError {
  readonly kind: FailureKind;
  readonly message: string;
}

export interface Task {
  readonly id: string;
  readonly provider: string;
  readonly collectionId: string;
  readonly state: TaskState;
  readonly totalCount: number;
  readonly successCount?: number;
  readonly failCount?: number;
  /** Only of a failed task. */
  readonly error?: TaskError;
  readonly createdAt: Date;
  readonly finishedAt?: Date;
}

export interface NewTask {
  readonly id: string;
  readonly provider: string;
  readonly collection: { readonly id: string; readonly version: number };
  /** What the worker needs, as sent. */
  readonly payload: JsonValue;
  readonly totalCount: number;
}

export interface PendingTask {
  readonly task: Task;
  readonly collection: Collection;
  readonly payload: JsonValue;
}

/** A value that must be the only one of its field in the collection. `recordIndex` points into the task's payload. */
export interface UniqueValue {
  readonly field: string;
  readonly value: string;
  readonly recordIndex: number;
}

export interface TaskResult {
  readonly taskId: string;
  readonly state: Exclude<TaskState, "pending">;
  /** Stored with the task when it failed. */
  readonly error?: TaskError;
  readonly failCount: number;
  readonly batch: RecordBatch;
  readonly uniqueValues: readonly UniqueValue[];
  readonly failures: readonly TaskFailure[];
}

/** `superseded`: the task was finished already or its collection is gone or changed. `clash`: nothing was written; the stored values, in the order given. */
export type FinishOutcome =
  | { readonly status: "finished" | "superseded" }
  | { readonly status: "clash"; readonly values: readonly UniqueValue[] };

export interface TaskFilter extends CollectionFilter {
  readonly collectionId?: string;
}

export interface TaskStore {
  /** Commits task, payload and job together. */
  enqueue(task: NewTask): Promise<Exclude<BatchOutcome, "claimed">>;
  tasksById(ids: readonly string[]): Promise<readonly (Task | undefined)[]>;
  /** Newest first. */
  listTasks(filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;
  /** Undefined when the task is unknown or finished. */
  pendingTask(id: string): Promise<PendingTask | undefined>;
  /** Stores records, unique values, failures and the final state together, once. */
  finish(result: TaskResult): Promise<FinishOutcome>;
  listFailures(taskId: string, page: PageRequest): Promise<Page<TaskFailure>>;
}

/** Runs `work` for every task, at least once, also for those a dead process left behind. */
export interface TaskQueue {
  start(work: (taskId: string) => Promise<void>): Promise<void>;
  /** Waits for the work in hand. */
  stop(): Promise<void>;
}

export interface Store {
  readonly collections: CollectionStore;
  readonly records: RecordStore;
  readonly tasks: TaskStore;
  readonly claims: ClaimStore;
  readonly credentials: CredentialStore;
}

/** The database could not be asked. `outcome` is `unknown` when the connection was lost while a write was being committed. */
export class StoreUnavailable extends Error {
  readonly outcome: "not-applied" | "unknown";

  constructor(message: string, outcome: "not-applied" | "unknown", options?: ErrorOptions) {
    super(message, options);
    this.name = "StoreUnavailable";
    this.outcome = outcome;
  }
}
