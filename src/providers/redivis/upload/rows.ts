import type { Violation } from "../../../core/failure.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import type { NewRecord } from "../../../core/record.js";
import { redivisFailures } from "../failures.js";
import { roundedIn } from "../../../json/rounded.js";
import { quoteText } from "../../../json/quote.js";
import type { Variable } from "./upload.js";
import { findRoundedFault, readVariableValue } from "../values/values.js";

/** What an upload says of its rows. */
interface RowRules {
  readonly schema: readonly Variable[];
  readonly skipBadRecords: boolean;
}

/** What an upload takes of the rows that were sent. */
export interface ReadUploadRows {
  readonly records: readonly NewRecord[];
  /** The first rows that were left out, one violation each. */
  readonly skipped: readonly Violation[];
}

/** Few and short enough to travel in a header. */
const maxNamedVariables = 5;

/** @throws RefusalError at the first bad row, unless the upload skips these */
export function readUploadRows({ schema, skipBadRecords }: RowRules, rows: readonly JsonObject[]): ReadUploadRows {
  const records: NewRecord[] = [];
  const skipped: Violation[] = [];
  const readRow = createRowReader(schema);
  for (const [recordIndex, row] of rows.entries()) {
    const { fields, problem } = readRow(row);
    if (problem === undefined) records.push({ fields });
    else if (!skipBadRecords) throw refuseRow({ recordIndex, ...problem });
    else if (skipped.length < maxNamedVariables) skipped.push({ recordIndex, ...problem });
  }
  return { records, skipped };
}

type RowViolation = Omit<Violation, "recordIndex"> & { readonly field: string };

function refuseRow(violation: RowViolation & { readonly recordIndex: number }) {
  const { recordIndex: row, field: variable, message: reason } = violation;
  return redivisFailures.refuse("bad-value", { row, variable, reason }, [violation]);
}

type RowReader = (row: JsonObject) => { readonly fields: JsonObject; readonly problem?: RowViolation };

/** A row is read in the order sent, up to its first fault; every variable that is missing is null. */
function createRowReader(schema: readonly Variable[]): RowReader {
  const types = new Map(schema.map(({ name, type }) => [name, type]));
  const empty = Object.fromEntries(schema.map(({ name }) => [name, null]));
  return (row) => {
    const fields: Record<string, JsonValue> = { ...empty };
    const rounded = roundedIn(row);
    for (const [name, value] of Object.entries(row)) {
      const type = types.get(name);
      if (type === undefined) return { fields, problem: { field: quoteText(name, maxVariableNameLength), rule: "unknown-variable", message: "the upload has no such variable" } };
      if (value === null) continue;
      const wrong = rounded?.has(name) ? findRoundedFault(type) : undefined;
      const read = wrong === undefined ? readVariableValue(type, value) : { wrong };
      if ("wrong" in read) return { fields, problem: { field: quoteText(name, maxVariableNameLength), rule: read.wrong.rule, message: read.wrong.reason } };
      fields[name] = read.stored;
    }
    return { fields };
  };
}

/** A name that is not declared may be any text. */
const maxVariableNameLength = 64;
