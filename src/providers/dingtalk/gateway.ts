import type { Check, ShapeRefusal } from "../../contract/contract.js";
import { isJsonObject } from "../../core/json.js";
import { missingRowName } from "./failures.js";

export const sheetsPath = "/v1.0/notable/bases/{baseId}/sheets";
export const sheetPath = `${sheetsPath}/{sheetIdOrName}`;

/** What is checked before the table service hears of a call, in the gateway's order. */
export function gatewayChecks(scope: string): readonly Check[] {
  return [
    { check: "caller", missing: "refused", failure: "token-invalid", missingFailure: "token-missing" },
    { check: "scope", scope, failure: "permission-missing" },
    { check: "address", failure: "address-not-allowed" },
    { check: "call-rate", setting: "CALLS_PER_SECOND", windowMs: 1000, failure: "calls-per-second" },
    { check: "query", parameter: "operatorId", failure: "operator-missing" },
  ];
}

/** @param mandatory members without which the gateway lets no body pass */
export function bodyCheck(mandatory: readonly string[]): Check {
  return { check: "body", syntaxFailure: "arguments-invalid", refuseShape: refuseShape(mandatory) };
}

/** Zod reports in the order of the request: the first issue is the one to answer. */
function refuseShape(mandatory: readonly string[]): ShapeRefusal {
  return ([issue], body) => {
    const missing = mandatory.find((member) => !isJsonObject(body) || !Object.hasOwn(body, member));
    const path = missing === undefined ? (issue?.path ?? []) : [missing];
    const problem = missing === undefined ? `${path.join(".") || "the body"}: ${issue?.message ?? "is invalid"}` : `${missing} is mandatory for this action.`;
    const violation = { ...toPlace(path), rule: issue?.code.replaceAll("_", "-") ?? "invalid", message: problem };
    return { failure: missing === undefined ? "arguments-invalid" : missingRowName(missing), parameters: { problem }, violations: [violation] };
  };
}

/** A record is named by its index. */
function toPlace(path: readonly PropertyKey[]): { readonly recordIndex?: number; readonly field?: string } {
  const [member, index, ...rest] = path;
  const isOfRecord = member === "records" && typeof index === "number";
  const field = (isOfRecord ? rest : path).map(String).join(".") || undefined;
  return { recordIndex: isOfRecord ? index : undefined, field };
}
