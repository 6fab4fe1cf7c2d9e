import { z } from "zod";
import { findBodyFault, toBodyViolation } from "../../contract/failures/body-refusal.js";
import type { Check, ShapeRefusal } from "../../contract/check.js";
import type { Limit } from "../../contract/contract.js";
import { defineContract } from "../../contract/define-contract.js";
import { countIn, mebibyte } from "../../contract/limits.js";
import { isJsonObject, type JsonObject } from "../../json/value.js";
import { redivisDialect, editScope } from "./dialect.js";
import { redivisFailures } from "./failures.js";

/** The documents of the service include it in the base URL. */
export const basePath = "/api/v1";

/** Reports the first bad row only: there may be millions of rows. */
const insertedRows = z
  .custom<readonly JsonObject[]>((value) => Array.isArray(value), {
    error: "is required and must be an array",
    abort: true,
  })
  .check(({ value, issues }) => {
    const index = value.findIndex((row) => !isJsonObject(row));
    if (index !== -1) issues.push({ code: "custom", path: [index], message: "must be an object", input: value });
  })
  .meta({ type: "array", items: { type: "object" }, description: "The rows, each an object of variable and value." });

/** Other members, such as the `updateSchema` of older clients, are ignored. */
const insertRowsBody = z.object({ rows: insertedRows });

const refuseInsertShape: ShapeRefusal<"invalid-request" | "bad-row"> = (issues) => {
  const fault = findBodyFault(issues, { records: "rows" });
  const { recordIndex, field, message } = fault;
  if (recordIndex !== undefined)
    return redivisFailures.refuse("bad-row", { row: recordIndex, reason: message }, [
      { ...toBodyViolation(fault, message), rule: "type" },
    ]);
  if (field === undefined)
    return redivisFailures.refuse("invalid-request", { problem: "The body must be a JSON object." });
  return redivisFailures.refuse("invalid-request", { problem: `\`${field}\` ${message}.` }, [
    { ...toBodyViolation(fault, message), rule: "required" },
  ]);
};

export const insertRowsLimits = [
  { name: "request-size", setting: "MAX_BYTES", max: 100 * mebibyte, unit: "bytes", description: "size of the body" },
] as const satisfies readonly Limit[];

/** One budget for the calls of all contracts. */
const callRate = {
  check: "call-rate",
  setting: "RATE_LIMIT_REQUESTS",
  windowMs: 60_000,
  windowSetting: "RATE_LIMIT_SECONDS",
  shared: true,
  headers: ({ limit, remaining, resetAfterMs }) => ({
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(Math.max(0, remaining)),
    ...(remaining < 0 ? { "retry-after": String(Math.ceil(resetAfterMs / 1000)) } : {}),
  }),
  failure: "too-many-requests",
} as const satisfies Check;

export const redivisSource = "Redivis REST API; and the official Python, R and JavaScript clients";

export const readChecks = [
  { check: "caller", missing: "refused", failure: "invalid-token", missingFailure: "no-credentials" },
  callRate,
] as const satisfies readonly Check[];
export const editChecks = [
  ...readChecks,
  { check: "scope", failure: "insufficient-scope" },
] as const satisfies readonly Check[];
export const sizeCheck = {
  check: "limit",
  limit: "request-size",
  failure: "payload-too-large",
} as const satisfies Check;

export const insertRowsContract = defineContract({
  name: "insertRows",
  operation: "insertRecords",
  summary: "Adds rows to an upload of type stream on an unreleased version of a table.",
  source: redivisSource,
  method: "POST",
  path: `${basePath}/tables/{tableReference}/uploads/{uploadName}/rows`,
  dialect: redivisDialect,
  body: insertRowsBody,
  reply: z.object({ rowsAdded: z.int().nonnegative() }),
  status: 201,
  succeeded: ({ status, body }) => (status === 201 || status === 200) && isJsonObject(body) && !("error" in body),
  idempotent: false,
  requiredScope: editScope,
  limits: insertRowsLimits,
  countRecords: countIn("rows"),
  checks: [
    ...editChecks,
    sizeCheck,
    { check: "body", syntaxFailure: "invalid-request", refuseShape: refuseInsertShape },
  ],
  failures: redivisFailures,
});
