import { z } from "zod";
import { listOf } from "../../../contract/schema/list-of.js";
import { isJsonObject } from "../../../json/value.js";
import { baseProperties } from "./base.js";
import { sheetFieldTypes } from "../values/field-types.js";

const sheetPartId = z.string().regex(/^[0-9A-Za-z]{1,64}$/, "must be 1 to 64 letters and digits");

const choiceName = z.string().min(1).max(255).describe("Name of the option.");
const choice = z
  .strictObject({ id: sheetPartId.optional().describe("Id of the option. Generated if absent."), name: choiceName })
  .describe("An option of a select field.");

const fieldPropertyMembers = {
  formatter: z
    .string()
    .max(64)
    .optional()
    .describe("How numbers, currencies and dates are shown; does not change what is stored."),
  currencyType: z.string().max(16).optional().describe("Currency, e.g. `CNY`."),
  multiple: z
    .boolean()
    .optional()
    .describe("For a user, department or link field: `false` refuses a value with several. Default: true."),
  linkedSheetId: z.string().max(64).optional().describe("The sheet that a link field points to; not checked."),
};

const fieldProperty = z
  .strictObject({
    choices: z.array(choice).optional().describe("The options of a singleSelect or multipleSelect."),
    ...fieldPropertyMembers,
  })
  .describe("Further properties of the type of a field.");

const fieldMembers = {
  name: z.string().min(1).max(255).describe("Name of the field."),
  type: z.enum(sheetFieldTypes).describe("What the field holds."),
};

const sheetFieldDefinition = z
  .strictObject({
    id: sheetPartId.optional().describe("Id of the field. Generated if absent."),
    ...fieldMembers,
    primary: z.boolean().optional().describe("Marks the field that titles a record."),
    property: fieldProperty.optional().describe("Further properties of the type."),
  })
  .describe("A field of the sheet.");

const sheetName = z.string().min(1).max(255).describe("Name of the sheet; calls may use the name or the id.");
const sheet = z
  .strictObject({
    id: sheetPartId.optional().describe("Id of the sheet. Generated if absent."),
    name: sheetName,
    fields: z.array(sheetFieldDefinition).min(1).describe("The fields, names unique."),
  })
  .describe("A sheet of the base.");

export const sheetDefinition = z.strictObject({
  baseId: z
    .string()
    .regex(/^[\w-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -")
    .optional()
    .describe("Id of the base, which is created with its first sheet: letters, digits, _ and -. Generated if absent."),
  ...baseProperties,
  sheets: z
    .array(sheet)
    .length(1, "must hold one sheet: sheets are added to a base one at a time")
    .describe("The new sheet: exactly one."),
});

export type SheetFieldDefinition = z.output<typeof sheetFieldDefinition>;

/** The service assigns ids; other members are ignored. */
const sentProperty = z
  .preprocess(
    dropNulls,
    z.object({ choices: listOf(z.object({ name: choiceName })).optional(), ...fieldPropertyMembers }),
  )
  .optional();

/** A field in the form of the contract's requests. */
export const sentField = z.preprocess(dropNulls, z.object({ ...fieldMembers, property: sentProperty }));

/** A sheet in the form of the contract's requests. */
export const sentSheet = z.preprocess(
  dropNulls,
  z.object({ name: sheetName.optional(), fields: listOf(sentField).optional() }),
);

/** A missing body counts as an empty one. A member that is null counts as absent. */
export function dropNulls(value: unknown): unknown {
  if (value === undefined) return {};
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null))
    : value;
}
