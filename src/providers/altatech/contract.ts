import { z } from "zod";
import type { Check } from "../../contract/check.js";
import type { Limit } from "../../contract/contract.js";
import { defineContract } from "../../contract/define-contract.js";
import { listOf } from "../../contract/schema/list-of.js";
import { countIn, mebibyte } from "../../contract/limits.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../json/value.js";
import { createCsvGauge, csvBytes, maxCsvMegabytes } from "./import/csv-size.js";
import { altatechDialect, hasCodeZero } from "./dialect.js";
import { altatechFailures } from "./failures.js";
import { refuseAltatechShapeBy } from "./refuse-shape.js";
import { unwrap } from "./import/rows.js";
import { tableId } from "./table/table.js";

export const altatechSource = "altatech.ai API documentation, database (2025-10-20); compatible with GPTBots";

const isRecord = z.custom<JsonObject>(isJsonObject, "must be an object").meta({ type: "object" });

const importBody = z.object({
  table_id: tableId,
  records: listOf(isRecord, { min: 1 }).describe('The rows, each `{"values": {field: value}}` or `{field: value}`.'),
});

function recordsOfImport(body: JsonValue): readonly JsonObject[] {
  const records = isJsonObject(body) ? body["records"] : undefined;
  return isJsonArray(records) ? records.filter(isJsonObject) : [];
}

const importLimits = [
  {
    name: "records",
    setting: "MAX_RECORDS",
    max: 1000,
    unit: "records",
    description: "records per call",
    measure: countIn("records"),
  },
  {
    name: "csv",
    setting: "MAX_CSV_BYTES",
    max: maxCsvMegabytes * mebibyte,
    unit: "bytes",
    description: "size of the records as CSV",
    measure: (body) => csvBytes(recordsOfImport(body).map(unwrap)),
    createGauge: createCsvGauge,
  },
] as const satisfies readonly Limit[];

export const knownCaller = {
  check: "caller",
  missing: "refused",
  failure: "authentication-failed",
} as const satisfies Check;

/** Counts every call of a bot except queries of import results. A window is 60 s. */
export const callsPerMinute = {
  check: "call-rate",
  setting: "CALLS_PER_MINUTE",
  windowMs: 60_000,
  shared: true,
  failure: "calls-per-minute",
} as const satisfies Check;

const taskId = z.string().min(1);
const taskReference = z.union([taskId, z.object({ id: taskId })]);

export const importRecordsContract = defineContract({
  name: "import",
  operation: "insertRecords",
  summary: "Accepts rows for a table and answers the task that stores them.",
  source: altatechSource,
  method: "POST",
  path: "/v1/database/import/records",
  dialect: altatechDialect,
  body: importBody,
  reply: z.object({ data: z.union([z.tuple([taskReference], z.unknown()), taskReference]) }),
  status: 200,
  succeeded: hasCodeZero,
  // A table with a unique field refuses a repeat, but only the service knows which tables have one.
  idempotent: false,
  limits: importLimits,
  checks: [
    knownCaller,
    callsPerMinute,
    { check: "body", syntaxFailure: "parameter-error", refuseShape: refuseAltatechShapeBy() },
    { check: "limit", limit: "records", failure: "too-many-records" },
    { check: "limit", limit: "csv", failure: "csv-too-large" },
  ],
  failures: altatechFailures,
});

/** Older editions leave members out or give null; a member of another form counts as absent. */
const optionalNumber = z.number().nullish().catch(undefined);

const importResult = z.object({
  id: taskId,
  status: z.string(),
  total_count: optionalNumber,
  success_count: optionalNumber,
  fail_count: optionalNumber,
  fail_detail: z
    .array(
      z.object({
        row: optionalNumber,
        row_number_start: optionalNumber,
        row_number_end: optionalNumber,
        fail_reason: z.string().nullish().catch(undefined),
      }),
    )
    .nullish(),
});

export type ImportResult = z.output<typeof importResult>;

export const queryImportResultsContract = defineContract({
  name: "import-results",
  keyOperation: "read",
  summary: "Answers the progress of the imports with the given `ids` and the rows that were not stored.",
  source: altatechSource,
  method: "GET",
  path: "/v1/database/query/import-results",
  dialect: altatechDialect,
  body: z.unknown(),
  // The service answers a bare list since 2025 and answered an envelope before.
  reply: z.union([z.array(importResult), z.object({ data: z.array(importResult) })]),
  status: 200,
  succeeded: (reply) => Array.isArray(reply.body) || hasCodeZero(reply),
  idempotent: true,
  limits: [],
  checks: [knownCaller],
  failures: altatechFailures,
});
