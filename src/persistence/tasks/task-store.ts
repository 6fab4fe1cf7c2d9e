import type { BatchOutcome } from "../../core/collection.js";
import type { OwnedPageRequest, Page, PageRequest } from "../../core/page.js";
import type {
  FinishOutcome,
  MirroredTask,
  MirrorResult,
  NewMirror,
  NewTask,
  PendingTask,
  Task,
  TaskFailure,
  TaskFilter,
  TaskResult,
  TaskStore,
} from "../../core/task.js";
import type { Visibility } from "../../core/access/visibility.js";
import { parseJson } from "../../json/parse.js";
import { stringifyJson } from "../../json/stringify.js";
import { collectionColumns, type CollectionRow, toCollection } from "../stores/collection-rows.js";
import { readOwnedPages } from "../reading/owned-pages.js";
import { Prisma } from "../generated/client.js";
import { isInVisibleCollection, isVisibleMirror } from "../stores/visible-spaces.js";
import { emptyPage, readNumberKey, toPage } from "../reading/page.js";
import { lockedTarget } from "../stores/writable-target.js";
import { isStorableText } from "../guards/storable-json.js";
import type { ScopedParts } from "../stores/store-parts.js";
import { isUuid } from "../uuid.js";
import { endMirror, findPendingMirror, insertMirror } from "./mirror-rows.js";
import { finishTask } from "./task-finish.js";
import {
  largeFailures,
  lightFailureColumns,
  taskColumns,
  type TaskFailureRow,
  type TaskRow,
  toTask,
  toTaskFailure,
} from "./task-rows.js";

/** The largest value of a bigint column: a newest-first list starts below it. */
const beyondAll = 2n ** 63n - 1n;

export interface TaskListeners {
  readonly onEnqueued: () => void;
  readonly onMirrored: () => void;
}

export class PrismaTaskStore implements TaskStore {
  readonly #parts: ScopedParts;
  readonly #onEnqueued: () => void;
  readonly #onMirrored: () => void;

  constructor(parts: ScopedParts, { onEnqueued, onMirrored }: TaskListeners) {
    this.#parts = parts;
    this.#onEnqueued = onEnqueued;
    this.#onMirrored = onMirrored;
  }

  /**
   * The payload may contain text that no record may: JSON escapes it, and PostgreSQL stores it as long as no statement
   * parses it.
   */
  async enqueue(task: NewTask): Promise<Exclude<BatchOutcome, "claimed">> {
    const { prisma, tables, clock } = this.#parts;
    const count = await prisma.$executeRaw`
      WITH ${lockedTarget(task.collection, this.#parts)}
      INSERT INTO ${tables.task} (id, provider, collection_id, collection_version, total_count, payload, created_at)
      SELECT ${task.id}, ${task.provider}, target.id, ${task.collection.version}::int, ${task.totalCount}::int,
        ${stringifyJson(task.payload)}::text::json, ${clock.now()}::timestamptz
      FROM target`;
    if (count === 0) return "stale";
    this.#onEnqueued();
    return "stored";
  }

  async tasksById(visible: Visibility, ids: readonly string[]): Promise<readonly (Task | undefined)[]> {
    const rows = await this.#select(visible, Prisma.sql`t.id = ANY(${ids.filter(isStorableText)}::text[])`, ids.length);
    const byId = new Map(rows.map((row) => [row.id, toTask(row)]));
    return ids.map((id) => byId.get(id));
  }

  async listTasks({ visible, collectionId }: TaskFilter, page: PageRequest): Promise<Page<Task>> {
    const before = this.#parts.pageKeys.read("tasks", page.after, beyondAll);
    if (before === undefined || (collectionId !== undefined && !isUuid(collectionId))) return emptyPage;
    const inCollection =
      collectionId === undefined ? Prisma.empty : Prisma.sql`AND t.collection_id = ${collectionId}::uuid`;
    const rows = await this.#select(visible, Prisma.sql`t.sequence < ${before} ${inCollection}`, page.first + 1);
    return toPage(
      { rows, request: page },
      { toItem: toTask, toKey: (row) => this.#parts.pageKeys.write("tasks", row.sequence) },
    );
  }

  async pendingTask(id: string): Promise<PendingTask | undefined> {
    const { prisma, tables } = this.#parts;
    const [task] = await prisma.$queryRaw<TaskRow[]>`
      SELECT ${taskColumns} FROM ${tables.task} t WHERE t.id = ${id} AND t.state = 'pending'`;
    if (task === undefined) return undefined;
    const [row] = await prisma.$queryRaw<(CollectionRow & { readonly payload: string })[]>`
      SELECT ${collectionColumns}, t.payload::text AS payload
      FROM ${tables.task} t JOIN ${tables.collection} c ON c.id = t.collection_id JOIN ${tables.space} s ON s.id = c.space_id
      WHERE t.id = ${id} AND t.state = 'pending'`;
    return row && { task: toTask(task), collection: toCollection(row), payload: parseJson(row.payload) };
  }

  /** Newest first. */
  #select(visible: Visibility, condition: Prisma.Sql, limit: number): Promise<TaskRow[]> {
    const { prisma, tables } = this.#parts;
    return prisma.$queryRaw<TaskRow[]>`
      SELECT ${taskColumns} FROM ${tables.task} t WHERE ${condition} AND ${this.#isVisible(visible)}
      ORDER BY t.sequence DESC LIMIT ${limit}`;
  }

  /** Needs the task `t`. */
  #isVisible(visible: Visibility): Prisma.Sql {
    const isInCollection = isInVisibleCollection(visible, Prisma.sql`t.collection_id`, this.#parts.tables);
    return Prisma.sql`CASE WHEN t.upstream IS NULL THEN ${isInCollection} ELSE ${isVisibleMirror(visible)} END`;
  }

  async mirror(task: NewMirror): Promise<MirroredTask> {
    const mirrored = await insertMirror(task, this.#parts);
    this.#onMirrored();
    return mirrored;
  }

  pendingMirror(id: string): Promise<MirroredTask | undefined> {
    return findPendingMirror(id, this.#parts);
  }

  finishMirror(result: MirrorResult): Promise<boolean> {
    return endMirror(result, this.#parts);
  }

  finish(result: TaskResult): Promise<FinishOutcome> {
    return finishTask(result, this.#parts);
  }

  failurePages(visible: Visibility, requests: readonly OwnedPageRequest[]): Promise<readonly Page<TaskFailure>[]> {
    const { prisma, tables } = this.#parts;
    return readOwnedPages<Omit<TaskFailureRow, "task_id">, TaskFailureRow, TaskFailure>(requests, {
      readStart: ({ ownerId, after }) => (isStorableText(ownerId) ? readNumberKey(after, -1n) : undefined),
      select: (wanted, light) => prisma.$queryRaw`
        SELECT wanted.request, found.* FROM ${wanted} CROSS JOIN LATERAL (
          SELECT ${lightFailureColumns(light)} FROM ${tables.task_failure}
          WHERE task_id = wanted.owner AND position > wanted.start ORDER BY position LIMIT wanted.count
        ) AS found
        WHERE EXISTS (SELECT FROM ${tables.task} t WHERE t.id = wanted.owner AND ${this.#isVisible(visible)})
        ORDER BY wanted.request, found.position`,
      toRow: (found, ownerId) => ({ ...found, task_id: ownerId }),
      large: largeFailures(this.#parts),
      toItem: toTaskFailure,
      toKey: (row) => String(row.position),
    });
  }
}
