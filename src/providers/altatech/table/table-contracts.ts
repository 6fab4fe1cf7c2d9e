import { z } from "zod";
import type { Limit } from "../../../contract/contract.js";
import { defineContract } from "../../../contract/define-contract.js";
import { countIn } from "../../../contract/limits.js";
import { isJsonObject } from "../../../json/value.js";
import { callsPerMinute, knownCaller, altatechSource } from "../contract.js";
import { altatechDialect, hasCodeZero } from "../dialect.js";
import { altatechFailures } from "../failures.js";
import { refuseAltatechShapeBy } from "../refuse-shape.js";
import { newTable, tableId } from "./table.js";

/** A limit of the embedded service; no document states one. */
const fieldLimit = {
  name: "fields",
  setting: "MAX_FIELDS",
  max: 100,
  unit: "fields",
  description: "fields of a table made with create-table",
  measure: countIn("fields"),
} as const satisfies Limit;

/** The member that is wrong decides the code. */
const failureOfMember = {
  name: "table-name-invalid",
  description: "table-description-invalid",
  fields: "field-count-invalid",
  "fields.*.name": "field-name-invalid",
  "fields.*.description": "field-description-invalid",
  "fields.*.type": "field-type-invalid",
} as const;

export const createTableContract = defineContract({
  name: "create-table",
  keyOperation: "manage",
  summary: "Creates a table of the key's bot and answers its identifier.",
  source: altatechSource,
  method: "POST",
  path: "/v1/database/create-table",
  dialect: altatechDialect,
  body: newTable,
  reply: z.object({ data: tableId }),
  status: 200,
  succeeded: hasCodeZero,
  // A repeat is refused because the table of the first call has the name.
  idempotent: true,
  limits: [fieldLimit],
  checks: [
    knownCaller,
    callsPerMinute,
    // Runs before the shape check, which would report a fault for each of a million fields.
    { check: "limit", limit: "fields", failure: "too-many-fields" },
    { check: "body", syntaxFailure: "parameter-error", refuseShape: refuseAltatechShapeBy(failureOfMember) },
  ],
  failures: altatechFailures,
});

const notServed = { error: "is not served: read all records" };

const pageBody = z.object({
  table_id: tableId,
  page: z.int().min(1).nullish().describe("Number of the page, from 1. Default: 1."),
  page_size: z.int().min(1).max(100).nullish().describe("Records of a page, 1 to 100. Default: 10."),
  filter: z.strictObject({}, notServed).nullish().describe("Not served: must be empty."),
  keyword: z.literal("", notServed).nullish().describe("Not served: must be empty."),
});

const recordPage = z.object({
  table_info: z.looseObject({ id: z.string(), name: z.string() }),
  records: z.array(
    z.object({
      id: z.string(),
      value: z.record(z.string(), z.unknown()),
      created_at: z.number(),
      updated_at: z.number(),
    }),
  ),
  total_count: z.number(),
});

export const readRecordsContract = defineContract({
  name: "records-page",
  keyOperation: "read",
  summary: "Answers a page of a table's records, the oldest first, and a description of the table.",
  source: altatechSource,
  method: "POST",
  path: "/v1/database/records/page",
  dialect: altatechDialect,
  body: pageBody,
  // GPTBots answers the page without an envelope.
  reply: z.union([recordPage, z.object({ data: recordPage })]),
  status: 200,
  succeeded: (reply) => hasCodeZero(reply) || (isJsonObject(reply.body) && "records" in reply.body),
  idempotent: true,
  limits: [],
  checks: [
    knownCaller,
    callsPerMinute,
    { check: "body", syntaxFailure: "parameter-error", refuseShape: refuseAltatechShapeBy() },
  ],
  failures: altatechFailures,
});
