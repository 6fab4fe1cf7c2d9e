import type { BatchOutcome, Collection, CollectionVersion } from "./collection.js";
import type { FailureKind } from "./failure.js";
import type { JsonValue } from "../json/value.js";
import type { OwnedPageRequest, Page, PageRequest } from "./page.js";
import type { Visibility } from "./access/visibility.js";
import type { RecordBatch } from "./record.js";

export const taskStates = ["pending", "succeeded", "failed"] as const;
export type TaskState = (typeof taskStates)[number];

/** One rejected record of a task. `recordIndex` counts from 0; absent when the whole batch clashed. */
export interface TaskFailure {
  readonly recordIndex?: number;
  readonly field?: string;
  readonly message: string;
}

/** The reason for which a whole task failed. */
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
  /** Present on a failed task only. */
  readonly error?: TaskError;
  readonly createdAt: Date;
  readonly finishedAt?: Date;
}

export interface NewTask {
  readonly id: string;
  readonly provider: string;
  readonly collection: CollectionVersion;
  /** The rows as sent. They may be invalid: the worker checks them row by row. */
  readonly payload: JsonValue;
  readonly totalCount: number;
}

export interface PendingTask {
  readonly task: Task;
  readonly collection: Collection;
  readonly payload: JsonValue;
}

/**
 * A value that must be unique within its field in the collection. `recordIndex` counts within the task's payload, from
 * 0.
 */
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

/**
 * `superseded`: the task was already finished, or its collection was deleted or changed. `clash`: nothing was written;
 * `values` are the stored ones, in the order given.
 */
export type FinishOutcome =
  | { readonly status: "finished" | "superseded" }
  | { readonly status: "clash"; readonly values: readonly UniqueValue[] };

export interface TaskFilter {
  /** A task is visible where its collection is. */
  readonly visible: Visibility;
  readonly collectionId?: string;
}

export interface TaskStore {
  /** Commits the task with its payload. */
  enqueue(task: NewTask): Promise<Exclude<BatchOutcome, "claimed">>;
  tasksById(visible: Visibility, ids: readonly string[]): Promise<readonly (Task | undefined)[]>;
  /** Newest first. */
  listTasks(filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;
  /** Undefined when the task is unknown or finished. */
  pendingTask(id: string): Promise<PendingTask | undefined>;
  /** Stores records, unique values, failures and the final state together, once. */
  finish(result: TaskResult): Promise<FinishOutcome>;
  /** Pages of the failures of several tasks, each in order of the records: one statement, in order of the requests. */
  failurePages(visible: Visibility, requests: readonly OwnedPageRequest[]): Promise<readonly Page<TaskFailure>[]>;
}

export interface TaskWork {
  /** Tasks of other providers wait for a process that lists them. */
  readonly providers: readonly string[];
  /**
   * Repeated after a pause while it throws or leaves the task pending; after the last attempt the task fails as
   * `internal`.
   */
  readonly work: (taskId: string) => Promise<void>;
}

/** Runs every task at least once, including those of a process that died. */
export interface TaskQueue {
  start(tasks: TaskWork): Promise<void>;
  /** Resolves after the running tasks. */
  stop(): Promise<void>;
}
