import { isJsonObject, type JsonValue } from "../../core/json.js";
import type { ShapeRefusal } from "../contract.js";
import type { MessageParameters, RefusalDetails } from "../failures.js";
import { shorten } from "../shorten.js";

export interface RequiredMembers {
  readonly names: readonly string[];
  /** What fills the message that says which of them are missing. */
  readonly explain: (missing: readonly string[]) => MessageParameters;
}

/** Values that the server's decoder cannot tell from a missing member, besides null. */
const zeroValues: Readonly<Record<string, JsonValue>> = { collectionName: "", dimension: 0 };

/** What the server's decoder cannot take is 1801; what it takes for missing is 1802. The first comes first. */
export function createShapeRefusal({ names: required, explain }: RequiredMembers): ShapeRefusal {
  const missing = (names: readonly string[]): RefusalDetails => {
    const violations = names.map((name) => ({ field: name, rule: "required", message: `${name} is required` }));
    return { failure: "missing-parameters", parameters: explain(names), violations };
  };
  return (issues, body) => {
    if (body === null && required.length > 0) return missing(required);
    if (!isJsonObject(body)) return { failure: "not-json", parameters: { problem: body === undefined ? "EOF" : "the body is not a JSON object" } };
    const wrong = issues.find(({ path: [name] }) => !isMissing(String(name), body[String(name)]));
    if (wrong === undefined) return missing([...new Set(issues.map(({ path: [name] }) => String(name)))]);
    const field = shorten(wrong.path.map(String).join("."));
    const problem = `${field} is of the wrong JSON type`;
    return { failure: "not-json", parameters: { problem }, violations: [{ field, rule: "type", message: problem }] };
  };
}

function isMissing(name: string, value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === zeroValues[name];
}
