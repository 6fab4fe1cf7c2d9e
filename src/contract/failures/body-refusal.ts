import type { z } from "zod";
import type { Violation } from "../../core/failure.js";
import type { ShapeRefusal } from "../check.js";
import type { FailureTable, RowNameWithin } from "./failure-table.js";
import { createRefusal, type FailureRow } from "./failure-row.js";
import { ruleOf } from "../schema/issues.js";

/** The first fault of a body, with its position. */
export interface BodyFault extends Violation {
  /** Member names and indices, joined by dots; empty for the body itself. */
  readonly path: string;
  /** The path with `*` for every index. */
  readonly place: string;
}

/** The position of the records in a body. */
interface RecordPlace {
  /** The member whose elements are the records; a fault in one of them carries its index. */
  readonly records?: string;
  /** The member of a record that holds its fields; absent: the fields are members of the record. */
  readonly fields?: string;
}

/**
 * Zod reports issues in the order of the schema, which is the order of the contract: the first issue is the answer.
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

/** The name of the record's field, also for a fault deeper in its value. */
function toFieldPath(inRecord: readonly PropertyKey[], fields: string | undefined): readonly PropertyKey[] {
  return inRecord[0] === fields && inRecord.length > 1 ? inRecord.slice(1, 2) : inRecord;
}

/** The fault as a violation. @param message replaces the message of the fault */
export function toBodyViolation({ recordIndex, field, rule }: BodyFault, message: string): Violation {
  return { recordIndex, field, rule, message };
}

/** Refuses a body with one row, whose message has the parameter `problem`. */
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
