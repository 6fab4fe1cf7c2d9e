import type { Violation } from "../../../core/failure.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import type { NewRecord, NewRecords } from "../../../core/record.js";
import { visitInTurns } from "../../../core/turns.js";
import { redivisFailures } from "../failures.js";
import { roundedIn } from "../../../json/rounded.js";
import { quoteText } from "../../../json/quote.js";
import type { Variable } from "./upload.js";
import { findRoundedFault, readVariableValue } from "../values/values.js";

/** The members of an upload that decide about rows. */
interface RowRules {
  readonly schema: readonly Variable[];
  readonly skipBadRecords: boolean;
}

/** The result of reading rows against an upload. */
export interface ReadUploadRows {
  /** Those of many rows are made anew each time: all are checked before the first is stored, and never held at once. */
  readonly records: NewRecords;
  /** One violation for each of the first rows that were skipped. */
  readonly skipped: readonly Violation[];
}

/** Violations per reply: they travel in a header of at most 4 KB. */
const maxNamedVariables = 5;

/** The most records that are kept from the check of their rows. */
const maxKeptRecords = 5000;

/** @throws RefusalError at the first bad row, unless the upload skips bad rows */
export async function readUploadRows(
  { schema, skipBadRecords }: RowRules,
  rows: readonly JsonObject[],
): Promise<ReadUploadRows> {
  const skipped: Violation[] = [];
  const badRows = new Set<number>();
  const kept: NewRecord[] = [];
  const readRow = createRowReader(schema);
  await visitInTurns(rows, (row, recordIndex) => {
    const { fields, problem } = readRow(row);
    if (problem === undefined) {
      if (kept.length < maxKeptRecords) kept.push({ fields });
      return;
    }
    if (!skipBadRecords) throw refuseRow({ recordIndex, ...problem });
    badRows.add(recordIndex);
    if (skipped.length < maxNamedVariables) skipped.push({ recordIndex, ...problem });
  });
  const length = rows.length - badRows.size;
  if (length === kept.length) return { records: kept, skipped };
  const records = {
    length,
    *[Symbol.iterator]() {
      for (const [recordIndex, row] of rows.entries())
        if (!badRows.has(recordIndex)) yield { fields: readRow(row).fields };
    },
  };
  return { records, skipped };
}

type RowViolation = Omit<Violation, "recordIndex"> & { readonly field: string };

function refuseRow(violation: RowViolation & { readonly recordIndex: number }) {
  const { recordIndex: row, field: variable, message: reason } = violation;
  return redivisFailures.refuse("bad-value", { row, variable, reason }, [violation]);
}

type RowReader = (row: JsonObject) => { readonly fields: JsonObject; readonly problem?: RowViolation };

/** Reads a row in the order sent, up to its first fault; a missing variable becomes null. */
export function createRowReader(schema: readonly Variable[]): RowReader {
  const types = new Map(schema.map(({ name, type }) => [name, type]));
  const empty = Object.fromEntries(schema.map(({ name }) => [name, null]));
  return (row) => {
    const fields: Record<string, JsonValue> = { ...empty };
    const rounded = roundedIn(row);
    for (const name of Object.keys(row)) {
      const value = row[name] ?? null;
      const type = types.get(name);
      if (type === undefined)
        return {
          fields,
          problem: {
            field: quoteText(name, maxVariableNameLength),
            rule: "unknown-variable",
            message: "the upload has no such variable",
          },
        };
      if (value === null) continue;
      const fault = rounded?.has(name) ? findRoundedFault(type) : undefined;
      const read = fault === undefined ? readVariableValue(type, value) : { fault };
      if ("fault" in read)
        return {
          fields,
          problem: { field: quoteText(name, maxVariableNameLength), rule: read.fault.rule, message: read.fault.reason },
        };
      fields[name] = read.stored;
    }
    return { fields };
  };
}

/** Characters of a variable name in a violation: an undeclared name may be any text. */
const maxVariableNameLength = 64;
