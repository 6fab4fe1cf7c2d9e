import { z } from "zod";
import { defineCompanion } from "../companion.js";
import { sentField, sentSheet } from "./definition.js";
import { readScope, writeScope } from "../dialect.js";
import { sheetPath, sheetsPath } from "../gateway.js";

const named = z.object({ id: z.string(), name: z.string() });
const field = named.extend({ type: z.string(), property: z.record(z.string(), z.unknown()).nullish() });

export const listSheets = defineCompanion({
  name: "list-sheets",
  summary: "Answers the sheets of a base, the oldest first.",
  method: "GET",
  path: sheetsPath,
  scope: readScope,
  body: z.unknown(),
  reply: z.object({ value: z.array(named) }),
  idempotent: true,
});

export const createSheet = defineCompanion({
  name: "create-sheet",
  summary: "Adds a sheet to a base.",
  method: "POST",
  path: sheetsPath,
  scope: writeScope,
  body: sentSheet,
  reply: named,
  idempotent: false,
});

export const listFields = defineCompanion({
  name: "list-fields",
  summary: "Answers the fields of a sheet in their order.",
  method: "GET",
  path: `${sheetPath}/fields`,
  scope: readScope,
  body: z.unknown(),
  reply: z.object({ value: z.array(field) }),
  idempotent: true,
});

export const createField = defineCompanion({
  name: "create-field",
  summary: "Adds a field to a sheet.",
  method: "POST",
  path: `${sheetPath}/fields`,
  scope: writeScope,
  mandatory: ["name", "type"],
  body: sentField,
  reply: field,
  idempotent: false,
});
