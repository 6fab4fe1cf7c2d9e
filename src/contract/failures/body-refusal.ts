import type { z } from "zod";
import type { Violation } from "../../core/failure.js";
import type { ShapeRefusal } from "../check.js";
import type { FailureTable, RowNameWithin } from "./failure-table.js";
import { createRefusal, type FailureRow } from "./failure-row.js";
import { ruleOf } from "../schema/issues.js";

/** The first thing wrong with a body, and where. */
export interface BodyFault extends Violation {
  /** The steps with dots between; empty for the body itself. */
  readonly path: string;
  /** The path with `*` for every index. */
  readonly place: string;
}

/** Where a body has its records. */
interface RecordPlace {
  /** The member whose elements are the records, so that a fault in one of them has its index. */
  readonly records?: string;
  /** The member of a record that holds its fields, where they do not stand in the record itself. */
  readonly fields?: string;
}

/**
 * Zod reports in the order of the schema, which is the contract's: the first issue is the one to answer.
 */
export function findBodyFault([issue]: readonly z.core.$ZodIssue[], { records, fields }: RecordPlace = {}): BodyFault {
  const { path = [], code = "invalid", message = "is invalid" } = issue ?? {};
  const [member, index, ...inRecord] = path;
  const recordIndex = member === records && typeof index === "number" ? index : undefined;
  return {
    recordIndex,
    field: (recordIndex === undefined ? path : toFieldPath(inRecord, fields)).map(String).join(".") || undefined,
    rule: ruleOf(code),
    message,
    path: path.map(String).join("."),
    place: path.map((step) => (typeof step === "number" ? "*" : String(step))).join("."),
  };
}

/** A field is named as the record has it, also for a fault deeper within its value. */
function toFieldPath(inRecord: readonly PropertyKey[], fields: string | undefined): readonly PropertyKey[] {
  return inRecord[0] === fields && inRecord.length > 1 ? inRecord.slice(1, 2) : inRecord;
}

/** Where a fault is, as violations tell it. @param message instead of its own */
export function toBodyViolation({ recordIndex, field, rule }: BodyFault, message: string): Violation {
  return { recordIndex, field, rule, message };
}

/** Refuses a body by one row, whose message asks for the `problem`. */
export function refuseBodyAs<Row extends FailureRow, const Name extends RowNameWithin<Row, "problem">>(
  _failures: FailureTable<Row>,
  failure: Name,
  place: RecordPlace = {},
): ShapeRefusal<Name> {
  return (issues) => {
    const fault = findBodyFault(issues, place);
    const problem = `${fault.path || "the body"}: ${fault.message}`;
    return createRefusal({ failure, parameters: { problem }, violations: [toBodyViolation(fault, problem)] });
  };
}
