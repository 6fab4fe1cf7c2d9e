import type { MirroredTask, MirrorResult, NewMirror } from "../../core/task.js";
import type { StoreParts } from "../stores/store-parts.js";
import { insertTaskFailures } from "./task-finish.js";
import { taskColumns, type TaskRow, toMirroredTask } from "./task-rows.js";

export async function insertMirror(task: NewMirror, { prisma, tables, clock }: StoreParts): Promise<MirroredTask> {
  const { id, provider, mirrors, totalCount } = task;
  const createdAt = clock.now();
  await prisma.$executeRaw`
    INSERT INTO ${tables.task} (id, provider, upstream, upstream_task_id, space, total_count, created_at)
    VALUES (${id}, ${provider}, ${mirrors.upstream}, ${mirrors.id}, ${mirrors.space ?? null}, ${totalCount}::int,
      ${createdAt}::timestamptz)`;
  return { id, provider, mirrors, totalCount, state: "pending", createdAt };
}

export async function findPendingMirror(id: string, { prisma, tables }: StoreParts): Promise<MirroredTask | undefined> {
  const [row] = await prisma.$queryRaw<TaskRow[]>`
    SELECT ${taskColumns} FROM ${tables.task} t WHERE t.id = ${id} AND t.state = 'pending' AND t.upstream IS NOT NULL`;
  return row && toMirroredTask(row);
}

/** One statement, which has an effect for the first caller only. */
export async function endMirror(result: MirrorResult, parts: StoreParts): Promise<boolean> {
  const { prisma, tables, clock } = parts;
  const { taskId, state, successCount = null, failCount = null, error, failures } = result;
  const [row] = await prisma.$queryRaw<[{ readonly finished: number }]>`
    WITH finished AS (
      UPDATE ${tables.task}
      SET state = ${state}::text::${tables.task_state}, success_count = ${successCount}::int, fail_count = ${failCount}::int,
        error_kind = ${error?.kind ?? null}, error_message = ${error?.message ?? null},
        error_outcome = ${error?.outcome ?? null}, leased_until = NULL, finished_at = ${clock.now()}::timestamptz
      WHERE id = ${taskId} AND state = 'pending' AND upstream IS NOT NULL
      RETURNING id
    ), failed AS (${insertTaskFailures(failures, parts)})
    SELECT count(*)::int AS finished FROM finished`;
  return row.finished === 1;
}
