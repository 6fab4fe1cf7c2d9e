import type { ShapeRefusal } from "../../contract/contract.js";

/**
 * Refuses a body by where it breaks its schema; what `failures` does not name is a parameter error. Zod reports in the order of the schema,
 * which is the contract's: the first issue is the one to answer.
 * @param failures rows by place, an index written `*`
 */
export function refuseShapeBy(failures: Readonly<Record<string, string>> = {}): ShapeRefusal {
  return ([issue]) => {
    const path = issue?.path ?? [];
    const [parameter, index] = path;
    const field = path.map(String).join(".");
    const problem = parameter === undefined ? "the body must be a JSON object" : `\`${field}\`: ${issue?.message ?? "is invalid"}`;
    const recordIndex = parameter === "records" && typeof index === "number" ? index : undefined;
    const violation = {
      recordIndex,
      field: recordIndex === undefined && parameter !== undefined ? field : undefined,
      rule: issue?.code.replaceAll("_", "-") ?? "invalid",
      message: problem,
    };
    const place = path.map((step) => (typeof step === "number" ? "*" : String(step))).join(".");
    return { failure: failures[place] ?? "parameter-error", parameters: { problem }, violations: [violation] };
  };
}
