import { z } from "zod";
import type { Limit } from "../../contract/contract.js";
import { defineContract } from "../../contract/define-contract.js";
import { countIn } from "../../contract/limits.js";
import { listOf } from "../../contract/schema/list-of.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { valueOf } from "../../contract/message.js";
import { dingtalkDialect, writeScope } from "./dialect.js";
import { insertFailures } from "./failures.js";
import { bodyCheck, platformChecks } from "./platform-checks.js";
import { sheetPath } from "./sheet/sheet-paths.js";

const isFields = z.custom<JsonObject>(isJsonObject, "must be an object").meta({ type: "object" });
const insertedRecord = z.object({ fields: isFields.describe("The values by the names or the ids of the fields.") });

const insertBody = z.object({
  records: listOf(insertedRecord, { min: 1 }).describe('The records, each `{"fields": {field: value}}`.'),
});

function recordsOfInsert(body: JsonValue | undefined): readonly JsonValue[] {
  const records = isJsonObject(body) ? body["records"] : undefined;
  return isJsonArray(records) ? records : [];
}

const insertLimits = [
  {
    name: "records",
    setting: "MAX_RECORDS",
    unit: "records",
    description: "records per call",
    measure: countIn("records"),
    // Users of the real service speak of 100.
    partMax: 100,
  },
] as const satisfies readonly Limit[];

function hasIds(value: unknown): value is readonly { readonly id: string }[] {
  return Array.isArray(value) && value.every((each) => isJsonObject(each) && typeof each["id"] === "string");
}

const inserted = z
  .custom<readonly { readonly id: string }[]>(hasIds, "must hold an id for each record")
  .meta({ type: "array", items: { type: "object", properties: { id: { type: "string" } }, required: ["id"] } });

/** A reply without an id for each record is a failure, regardless of its status. */
function hasIdForEach(answered: JsonValue | undefined, sent: JsonValue | undefined): boolean {
  const value = isJsonObject(answered) ? answered["value"] : undefined;
  return isJsonArray(value) && value.length === recordsOfInsert(sent).length && hasIds(value);
}

export const insertRecordsContract = defineContract({
  name: "insert",
  operation: "insertRecords",
  summary: "Adds records to a sheet of a base, all or none, and answers their ids.",
  source: "DingTalk AI Table (Notable) v1, insert records",
  method: "POST",
  path: `${sheetPath}/records`,
  dialect: dingtalkDialect,
  body: insertBody,
  reply: z.object({ value: inserted }),
  status: 200,
  succeeded: (reply, request) => hasIdForEach(reply.body, valueOf(request.body)),
  // The client repeats a call only with a clientToken, which makes it idempotent.
  idempotent: false,
  requiredScope: writeScope,
  limits: insertLimits,
  checks: [
    ...platformChecks,
    bodyCheck(["records"]),
    { check: "limit", limit: "records", failure: "too-many-records" },
  ],
  failures: insertFailures,
});
