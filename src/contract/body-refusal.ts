import type { z } from "zod";
import type { Violation } from "../core/failure.js";
import type { ShapeRefusal } from "./check.js";
import type { FailureTable, RowNameWithin } from "./failure-table.js";
import { createRefusal, type FailureRow } from "./failures.js";

/** The first thing wrong with a body, and where. */
export interface BodyFault extends Violation {
  /** The steps with dots between; empty for the body itself. */
  readonly path: string;
  /** The path with `*` for every index. */
  readonly place: string;
}

/**
 * Zod reports in the order of the schema, which is the contract's: the first issue is the one to answer.
 * @param records the member whose elements are the records, so that a fault in one of them has its index
 */
export function findBodyFault([issue]: readonly z.core.$ZodIssue[], records?: string): BodyFault {
  const { path = [], code = "invalid", message = "is invalid" } = issue ?? {};
  const [member, index, ...rest] = path;
  const recordIndex = member === records && typeof index === "number" ? index : undefined;
  return {
    recordIndex,
    field: (recordIndex === undefined ? path : rest).map(String).join(".") || undefined,
    rule: code.replaceAll("_", "-"),
    message,
    path: path.map(String).join("."),
    place: path.map((step) => (typeof step === "number" ? "*" : String(step))).join("."),
  };
}

/** Where a fault is, as violations tell it. @param message instead of its own */
export function toViolation({ recordIndex, field, rule }: BodyFault, message: string): Violation {
  return { recordIndex, field, rule, message };
}

/** Refuses a body by one row, whose message asks for the `problem`. */
export function refuseBodyAs<Row extends FailureRow, const Name extends RowNameWithin<Row, "problem">>(
  _failures: FailureTable<Row>,
  failure: Name,
  { records }: { readonly records?: string } = {},
): ShapeRefusal<Name> {
  return (issues) => {
    const fault = findBodyFault(issues, records);
    const problem = `${fault.path || "the body"}: ${fault.message}`;
    return createRefusal({ failure, parameters: { problem }, violations: [toViolation(fault, problem)] });
  };
}
