import { z } from "zod";
import { defineTableContract } from "../define-table-contract.js";
import { dropNulls } from "../sheet/definition.js";
import { readScope, writeScope } from "../dialect.js";
import { sheetPath } from "../sheet/sheet-paths.js";

/** The largest number of records per page, and the default. */
export const maxPageRecords = 100;
const maxPickedFields = 100;

const person = z.object({ unionId: z.string() });
const replyRecord = z.object({
  id: z.string(),
  fields: z.record(z.string(), z.unknown()),
  createdBy: person.nullish(),
  lastModifiedBy: person.nullish(),
  createdTime: z.number().nullish(),
  lastModifiedTime: z.number().nullish(),
});

const listBody = z.object({
  filter: z.strictObject({}, "filters are not served").optional().describe("Not served: must be empty."),
  maxResults: z.int().min(1).max(maxPageRecords).optional().describe("Records per page. Default: 100."),
  nextToken: z
    .string()
    .optional()
    .describe("The `nextToken` of the previous page; absent or empty for the first page."),
  fieldIdOrNames: z.array(z.string()).max(maxPickedFields).optional().describe("The fields to answer. Default: all."),
});

export const listRecordsContract = defineTableContract({
  name: "list-records",
  keyOperation: "read",
  summary: "Answers the records of a sheet page by page, in order of insertion.",
  method: "POST",
  path: `${sheetPath}/records/list`,
  scope: readScope,
  body: z.preprocess(dropNulls, listBody),
  reply: z.object({ hasMore: z.boolean().nullish(), nextToken: z.string().nullish(), records: z.array(replyRecord) }),
  idempotent: true,
});

export const getRecordContract = defineTableContract({
  name: "get-record",
  keyOperation: "read",
  summary: "Answers one record of a sheet.",
  method: "GET",
  path: `${sheetPath}/records/{recordId}`,
  scope: readScope,
  body: z.unknown(),
  reply: replyRecord,
  idempotent: true,
});

export const findChangedRecordsContract = defineTableContract({
  name: "changed-record-ids",
  keyOperation: "read",
  summary: "Answers the ids of the records that an insert with this clientToken added.",
  method: "POST",
  path: "/v1.0/notable/bases/{baseId}/changedRecordIds/query",
  // Needs the write scope: a client that may insert may query the result of its insert.
  scope: writeScope,
  mandatory: ["clientToken"],
  body: z.object({ clientToken: z.string().describe("The UUID v4 of the insert.") }),
  reply: z.object({ changedRecordIds: z.unknown() }),
  idempotent: true,
});
