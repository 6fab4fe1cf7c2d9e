import type { Violation } from "../../core/failure.js";
import { isJsonObject, type JsonValue } from "../../json/value.js";
import type { ShapeRefusal } from "../../contract/check.js";
import type { MessageParameters, RefusalBy } from "../../contract/failures/failure-row.js";
import { shorten } from "../../json/quote.js";
import { vectorFailures } from "../failures/vector-failures.js";

export interface RequiredMembers {
  readonly names: readonly string[];
  /** The parameters of the message for missing members. */
  readonly explain: (missing: readonly string[]) => MessageParameters;
  /** The refusal of a request without a body; absent: it is not JSON. */
  readonly refuseNothing?: () => RefusalBy<"empty-body">;
  readonly refuse: (missing: readonly string[], violations: readonly Violation[]) => RefusalBy<"missing-parameters">;
}

/** Values beside null and the empty text that the server's decoder does not distinguish from a missing member. */
const zeroValues: Readonly<Record<string, JsonValue>> = { dimension: 0 };

/** A body that the server's decoder refuses is 1801, one with a missing member 1802. 1801 takes precedence. */
export function createShapeRefusal({
  names: required,
  refuse,
  refuseNothing,
}: RequiredMembers): ShapeRefusal<"missing-parameters" | "not-json" | "empty-body"> {
  const refuseMissing = (names: readonly string[]) =>
    refuse(
      names,
      names.map((name) => ({ field: name, rule: "required", message: `${name} is required` })),
    );
  return (issues, body) => {
    if (body === undefined && refuseNothing !== undefined) return refuseNothing();
    if (body === null && required.length > 0) return refuseMissing(required);
    if (!isJsonObject(body))
      return vectorFailures.refuse("not-json", {
        problem: body === undefined ? "EOF" : "the body is not a JSON object",
      });
    const mistyped = issues.find(({ path: [name] }) => !isMissing(String(name), body[String(name)]));
    if (mistyped === undefined) return refuseMissing([...new Set(issues.map(({ path: [name] }) => String(name)))]);
    const field = shorten(mistyped.path.map(String).join("."));
    const problem = `${field} is of the wrong JSON type`;
    return vectorFailures.refuse("not-json", { problem }, [{ field, rule: "type", message: problem }]);
  };
}

function isMissing(name: string, value: JsonValue | undefined): boolean {
  return value === undefined || value === null || value === (zeroValues[name] ?? "");
}
