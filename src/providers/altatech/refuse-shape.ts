import { findBodyFault, toBodyViolation } from "../../contract/failures/body-refusal.js";
import type { ShapeRefusal } from "../../contract/check.js";
import type { RowNameWithin } from "../../contract/failures/failure-table.js";
import { altatechFailures } from "./failures.js";

/** A row whose message has the parameter `problem`. */
type Problematic = RowNameWithin<(typeof altatechFailures.rows)[number], "problem">;

/**
 * Refuses a body by the place of its first fault; a place that `failures` does not name is a parameter error.
 * @param failures rows by place, an index written `*`
 */
export function refuseAltatechShapeBy(failures: Readonly<Record<string, Problematic>> = {}): ShapeRefusal<Problematic> {
  return (issues) => {
    const fault = findBodyFault(issues, { records: "records" });
    const problem = fault.path === "" ? "the body must be a JSON object" : `\`${fault.path}\`: ${fault.message}`;
    return altatechFailures.refuse(failures[fault.place] ?? "parameter-error", { problem }, [
      toBodyViolation(fault, problem),
    ]);
  };
}
