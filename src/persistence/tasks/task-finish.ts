import type { FinishOutcome, TaskFailure, TaskResult, UniqueValue } from "../../core/task.js";
import { Prisma } from "../generated/client.js";
import { stringifyStorable } from "../guards/storable-json.js";
import { lockedTarget } from "../stores/writable-target.js";
import { insertFrom } from "../stores/prepared-insert.js";
import { repeatConflicts, sqlStateOf, uniqueViolation } from "../sql-state.js";
import type { StoreParts } from "../stores/store-parts.js";

const maxFinishAttempts = 5;

/** Finishes the task in one statement, which applies all of it or nothing, and only for the first caller. */
export async function finishTask(result: TaskResult, parts: StoreParts): Promise<FinishOutcome> {
  const statement = toStatement(result, parts);
  // The clashing value may be gone before it is looked up: then the statement is tried again.
  for (let attempt = 0; attempt < maxFinishAttempts; attempt++) {
    try {
      const [row] = await repeatConflicts(() => parts.prisma.$queryRaw<[{ readonly finished: number }]>(statement));
      return { status: row.finished === 1 ? "finished" : "superseded" };
    } catch (error) {
      if (sqlStateOf(error) !== uniqueViolation) throw error;
      const values = await findClashes(result, parts);
      if (values.length > 0) return { status: "clash", values };
    }
  }
  throw new Error("clashing unique values were gone in every attempt");
}

/**
 * The CTEs: `target` locks the collection. `finished(id, collection_id)` has the task, or no row when it is finished
 * already or the collection has changed; all others insert for its row. `done(id)` is the `source` of `insertFrom`. A
 * unique violation in `claimed` rolls back the statement.
 */
function toStatement(result: TaskResult, parts: StoreParts): Prisma.Sql {
  const { batch, taskId, state } = result;
  const { tables } = parts;
  const count = batch.records.length;
  // The same order in every process: two tasks with crossing values must not wait for each other.
  const unique = result.uniqueValues
    .map(({ field, value }) => [field, value] as const)
    .sort((left, right) => compare(left[0], right[0]) || compare(left[1], right[1]));
  return Prisma.sql`
    WITH ${lockedTarget(batch.collection, parts)}, finished AS (
      UPDATE ${tables.task}
      SET state = ${state}::text::${tables.task_state}, success_count = ${count}::int, fail_count = ${result.failCount}::int,
        error_kind = ${result.error?.kind ?? null}, error_message = ${result.error?.message ?? null},
        payload = NULL, leased_until = NULL, finished_at = ${parts.clock.now()}::timestamptz
      FROM target
      WHERE task.id = ${taskId} AND task.state = 'pending' AND task.collection_id = target.id
      RETURNING task.id, target.id AS collection_id
    ), done AS (
      SELECT collection_id AS id FROM finished
    ), claimed AS (
      INSERT INTO ${tables.unique_value} (collection_id, field, value)
      SELECT done.id, pair ->> 0, pair ->> 1 FROM done, json_array_elements(${stringifyStorable(unique)}::text::json) AS pair
    ), failed AS (${insertTaskFailures(result.failures, parts)}), stored AS (${insertFrom("done", batch, parts)})
    SELECT count(*)::int AS finished FROM finished`;
}

/** Inserts the failures of the task in `finished(id)`. @throws UnstorableValueError */
export function insertTaskFailures(
  failures: readonly TaskFailure[],
  { tables }: Pick<StoreParts, "tables">,
): Prisma.Sql {
  const rows = failures.map(({ recordIndex = null, field = null, message }, position) => ({
    position,
    record_index: recordIndex,
    field,
    message,
  }));
  return Prisma.sql`
    INSERT INTO ${tables.task_failure} (task_id, position, record_index, field, message)
    SELECT finished.id, f.position, f.record_index, f.field, f.message
    FROM finished, json_to_recordset(${stringifyStorable(rows)}::text::json) AS f(position int, record_index int, field text, message text)`;
}

/** The values that are stored already or that occur earlier in the list. */
async function findClashes(
  { batch, uniqueValues }: TaskResult,
  { prisma, tables }: StoreParts,
): Promise<readonly UniqueValue[]> {
  const pairs = JSON.stringify(uniqueValues.map(({ field, value }) => [field, value]));
  const stored = await prisma.$queryRaw<{ readonly field: string; readonly value: string }[]>`
    SELECT field, value FROM ${tables.unique_value}
    WHERE collection_id = ${batch.collection.id}::uuid
      AND (field, value) IN (SELECT pair ->> 0, pair ->> 1 FROM json_array_elements(${pairs}::text::json) AS pair)`;
  const taken = new Set(stored.map(({ field, value }) => JSON.stringify([field, value])));
  return uniqueValues.filter(({ field, value }) => {
    const name = JSON.stringify([field, value]);
    if (taken.has(name)) return true;
    taken.add(name);
    return false;
  });
}

function compare(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}
