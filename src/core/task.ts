import type { BatchOutcome, Collection, CollectionVersion } from "./collection.js";
import type { FailureKind, WriteOutcome } from "./failure.js";
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
  /** Whether records of the task may be stored; absent: none is. */
  readonly outcome?: WriteOutcome;
}

/** The task of a real service, which alone knows how it ends. */
export interface UpstreamTask {
  readonly upstream: string;
  /** The service's own id. It is unique neither among services nor among the tasks of one. */
  readonly id: string;
  /** The space that the target named; absent where a target does not name one. */
  readonly space?: string;
}

export interface Task {
  readonly id: string;
  readonly provider: string;
  /** Absent for a mirrored task. */
  readonly collectionId?: string;
  /** Present on a mirrored task only: this program asks the service until the task ends. */
  readonly mirrors?: UpstreamTask;
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

/** A task that a real service has accepted. */
export interface NewMirror extends Pick<Task, "id" | "provider" | "totalCount"> {
  readonly mirrors: UpstreamTask;
}

export type MirroredTask = Task & Required<Pick<Task, "mirrors">>;

/** How the task of a real service ended. */
export interface MirrorResult extends Pick<Task, "successCount" | "failCount" | "error"> {
  readonly taskId: string;
  readonly state: Exclude<TaskState, "pending">;
  readonly failures: readonly TaskFailure[];
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
  /** A task is visible where its collection is, a mirrored one where the space of its upstream is. */
  readonly visible: Visibility;
  readonly collectionId?: string;
}

export interface TaskStore {
  /** Commits the task with its payload. */
  enqueue(task: NewTask): Promise<Exclude<BatchOutcome, "claimed">>;
  tasksById(visible: Visibility, ids: readonly string[]): Promise<readonly (Task | undefined)[]>;
  /** Newest first. */
  listTasks(filter: TaskFilter, page: PageRequest): Promise<Page<Task>>;
  /** Commits a task that a real service has accepted. */
  mirror(task: NewMirror): Promise<MirroredTask>;
  /** Undefined when the task is unknown, finished or not mirrored. */
  pendingMirror(id: string): Promise<MirroredTask | undefined>;
  /** Stores the end of a mirrored task with its failures, once; false when it has ended already. */
  finishMirror(result: MirrorResult): Promise<boolean>;
  /** Undefined when the task is unknown, finished or mirrored. */
  pendingTask(id: string): Promise<PendingTask | undefined>;
  /** Stores records, unique values, failures and the final state together, once. */
  finish(result: TaskResult): Promise<FinishOutcome>;
  /** Pages of the failures of several tasks, each in order of the records: one statement, in order of the requests. */
  failurePages(visible: Visibility, requests: readonly OwnedPageRequest[]): Promise<readonly Page<TaskFailure>[]>;
}

/** One time that a mirrored task is asked for. */
export interface TaskAttempt {
  /** Counts from 1, over all processes. */
  readonly attempt: number;
  /** Aborts when the queue stops: an attempt that was interrupted does not count. */
  readonly stopping: AbortSignal;
}

export interface MirrorWork {
  /** Mirrored tasks of other providers wait for a process that lists them. */
  readonly providers: readonly string[];
  /**
   * Asks for a task once. Answers the pause before the next time, in milliseconds, or undefined when the task has ended.
   * After an error the pauses double.
   */
  readonly ask: (taskId: string, attempt: TaskAttempt) => Promise<number | undefined>;
  /** Whether this process mirrors no new tasks: without any that wait at the start, it does not look for them again. */
  readonly onlyLeft?: boolean;
}

/** Asks for every mirrored task until it ends, for one at a time, including those of a process that died. */
export interface MirrorQueue {
  start(tasks: MirrorWork): Promise<void>;
  /** Resolves when every task that was asked for is left to other processes. */
  stop(): Promise<void>;
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
