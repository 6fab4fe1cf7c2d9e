import { findBodyFault, refuseBodyAs, toBodyViolation } from "../../contract/failures/body-refusal.js";
import type { Check, ShapeRefusal } from "../../contract/check.js";
import { createRefusal } from "../../contract/failures/failure-row.js";
import { isJsonObject } from "../../json/value.js";
import { dingtalkFailures, missingRow, type MandatoryMember, type MissingRow } from "./failures.js";

/** Checks that the Open Platform makes before the table service sees a call, in its order. */
export const platformChecks = [
  { check: "caller", missing: "refused", failure: "token-invalid", missingFailure: "token-missing" },
  { check: "scope", failure: "permission-missing" },
  { check: "address", failure: "address-not-allowed" },
  { check: "call-rate", setting: "CALLS_PER_SECOND", windowMs: 1000, failure: "calls-per-second" },
  { check: "query", parameter: "operatorId", failure: "operator-missing" },
] as const satisfies readonly Check[];

/** @param mandatory members without which the Open Platform refuses a body; each has a failure row */
export function bodyCheck(mandatory: readonly MandatoryMember[]) {
  return { check: "body", syntaxFailure: "arguments-invalid", refuseShape: refuseDingtalkShape(mandatory) } as const;
}

const refuseArguments = refuseBodyAs(dingtalkFailures, "arguments-invalid", { records: "records", fields: "fields" });

function refuseDingtalkShape(
  mandatory: readonly MandatoryMember[],
): ShapeRefusal<"arguments-invalid" | MissingRow["name"]> {
  return (issues, body) => {
    const missing = mandatory.find((member) => !isJsonObject(body) || !Object.hasOwn(body, member));
    if (missing === undefined) return refuseArguments(issues, body);
    const { name: failure, message } = missingRow(missing);
    return createRefusal({
      failure,
      violations: [{ ...toBodyViolation(findBodyFault(issues), message), field: missing }],
    });
  };
}
