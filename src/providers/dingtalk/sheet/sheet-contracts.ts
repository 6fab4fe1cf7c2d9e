import { z } from "zod";
import { defineTableContract } from "../define-table-contract.js";
import { sentField, sentSheet } from "./definition.js";
import { readScope, writeScope } from "../dialect.js";
import { sheetPath, sheetsPath } from "./sheet-paths.js";

const replyNames = z.object({ id: z.string(), name: z.string() });
const replyField = replyNames.extend({ type: z.string(), property: z.record(z.string(), z.unknown()).nullish() });

export const listSheetsContract = defineTableContract({
  name: "list-sheets",
  keyOperation: "read",
  summary: "Answers the sheets of a base, the oldest first.",
  method: "GET",
  path: sheetsPath,
  scope: readScope,
  body: z.unknown(),
  reply: z.object({ value: z.array(replyNames) }),
  idempotent: true,
});

export const createSheetContract = defineTableContract({
  name: "create-sheet",
  keyOperation: "manage",
  summary: "Adds a sheet to a base.",
  method: "POST",
  path: sheetsPath,
  scope: writeScope,
  body: sentSheet,
  reply: replyNames,
  idempotent: false,
});

export const listFieldsContract = defineTableContract({
  name: "list-fields",
  keyOperation: "read",
  summary: "Answers the fields of a sheet in their order.",
  method: "GET",
  path: `${sheetPath}/fields`,
  scope: readScope,
  body: z.unknown(),
  reply: z.object({ value: z.array(replyField) }),
  idempotent: true,
});

export const createFieldContract = defineTableContract({
  name: "create-field",
  keyOperation: "manage",
  summary: "Adds a field to a sheet.",
  method: "POST",
  path: `${sheetPath}/fields`,
  scope: writeScope,
  mandatory: ["name", "type"],
  body: sentField,
  reply: replyField,
  idempotent: false,
});
