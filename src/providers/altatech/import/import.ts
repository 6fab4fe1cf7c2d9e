import { z } from "zod";
import type { ImportKind } from "../../../contract/provider.js";
import { isJsonObject, type JsonObject } from "../../../json/value.js";
import type { NewRecord } from "../../../core/record.js";
import type { PendingTask, TaskFailure, TaskResult, UniqueValue } from "../../../core/task.js";
import { createRowCheck, type CheckedRow, type FieldFault } from "./row-rules.js";
import { readTable, type TableField } from "../table/table.js";
import { showShort } from "../table/values.js";

const payloadSchema = z.array(z.custom<JsonObject>(isJsonObject));

export const imports: ImportKind = { process: processImport, clash: clashResult };

function processImport({ task, collection, payload }: PendingTask): TaskResult {
  const { fields } = readTable(collection.definition);
  const rows = payloadSchema.parse(payload);
  const uniqueFields = fields.filter((field) => field.unique);
  const kept = new KeptRows(uniqueFields);
  const checkRow = createRowCheck(fields);
  const failures: TaskFailure[] = [];
  for (const [recordIndex, row] of rows.entries()) {
    const checked = checkRow(row);
    const problems = checked.problems.length > 0 ? checked.problems : kept.findRepeats(row, checked);
    if (problems.length === 0) kept.add(recordIndex, checked);
    else failures.push(toRowFailure(recordIndex, problems));
  }
  const isFailed = kept.records.length === 0;
  return {
    taskId: task.id,
    state: isFailed ? "failed" : "succeeded",
    error: isFailed
      ? {
          kind: "invalid-input",
          message: `None of the ${rows.length} rows was stored. ${failures[0]?.message ?? ""}`.trimEnd(),
        }
      : undefined,
    failCount: failures.length,
    batch: { collection: { id: collection.id, version: collection.version }, records: kept.records },
    uniqueValues: kept.uniqueValues,
    failures,
  };
}

/** The rows that pass. A row that was dropped does not occupy its unique values for later rows. */
class KeptRows {
  readonly records: NewRecord[] = [];
  readonly uniqueValues: UniqueValue[] = [];
  readonly #firstRows: ReadonlyMap<string, Map<string, number>>;

  constructor(uniqueFields: readonly TableField[]) {
    this.#firstRows = new Map(uniqueFields.map(({ name }) => [name, new Map<string, number>()]));
  }

  /** Compares values in their stored form: the texts `30` and `030` of an INT are equal. */
  findRepeats(row: JsonObject, { values }: CheckedRow): readonly FieldFault[] {
    const problems: FieldFault[] = [];
    for (const [field, firstRows] of this.#firstRows) {
      const first = firstRows.get(String(values[field]));
      if (first === undefined) continue;
      const reason = `\`${field}\` must be unique, but the value '${showShort(row[field])}' is duplicated (first at row \`${first + 1}\`).`;
      problems.push({ field, reason });
    }
    return problems;
  }

  add(recordIndex: number, { values }: CheckedRow): void {
    this.records.push({ fields: values });
    for (const [field, firstRows] of this.#firstRows) {
      const value = String(values[field]);
      firstRows.set(value, recordIndex);
      this.uniqueValues.push({ field, value, recordIndex });
    }
  }
}

const maxReasons = 10;

/** One failure per row, with the first bad field; the message joins the reasons of all bad fields. */
function toRowFailure(recordIndex: number, problems: readonly FieldFault[]): TaskFailure {
  const reasons = problems.slice(0, maxReasons).map(({ reason }) => reason);
  if (problems.length > maxReasons) reasons.push(`There are ${problems.length - maxReasons} more.`);
  return { recordIndex, field: problems[0]?.field, message: reasons.join(" ") };
}

/** One value that is already stored refuses the whole batch. The failures of dropped rows are kept in the result. */
function clashResult(
  { task, collection }: PendingTask,
  result: TaskResult,
  values: readonly UniqueValue[],
): TaskResult {
  const { name } = readTable(collection.definition);
  const [stored] = values;
  const message = `(1062, "Duplicate entry '${stored?.value ?? ""}' for key '${name}.${stored?.field ?? ""}'")`;
  return {
    taskId: task.id,
    state: "failed",
    error: { kind: "conflict", message },
    failCount: task.totalCount,
    batch: { ...result.batch, records: [] },
    uniqueValues: [],
    failures: [{ field: stored?.field, message }, ...result.failures],
  };
}
