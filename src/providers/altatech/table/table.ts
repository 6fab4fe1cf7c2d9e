import { z } from "zod";
import { defineAccess, DefinitionError, type CollectionKind } from "../../../contract/provider.js";
import { grantedSpaces, nowhere } from "../../../contract/credentials.js";
import { hasGrant } from "../../../core/access/caller.js";
import { showValue } from "../../../json/stringify.js";
import { findRepeated } from "../../../contract/schema/repeated.js";
import type { JsonObject } from "../../../json/value.js";
import { tableFieldTypes } from "./values.js";

export const tableId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, "must be 24 lower-case hexadecimal digits")
  .describe("Identifier of the table: 24 lower-case hexadecimal digits.");

const tableOrFieldName = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9_]*$/, "must begin with a lower-case letter and continue with lower-case letters, digits and _");
const descriptionText = z.string().max(128);

const tableField = z
  .strictObject({
    name: tableOrFieldName.describe(
      "Name of the field: lower-case letters, digits and _, at most 32 characters, a letter first.",
    ),
    description: descriptionText.optional().describe("What the field holds, at most 128 characters."),
    type: z.enum(tableFieldTypes).describe("Type of the field's values."),
    required: z.boolean().optional().describe("Whether every record needs a value. Default: false."),
    unique: z
      .boolean()
      .optional()
      .describe("Whether no two records may have the same value; every record then needs one. Default: false."),
  })
  .describe("A field of the table.");
export type TableField = z.output<typeof tableField>;

/** The bot of a table whose definition names none. */
export const defaultBot = "default";

const tableDefinition = z.strictObject({
  table_id: tableId
    .optional()
    .describe("Identifier of the table: 24 lower-case hexadecimal digits. Generated if absent."),
  name: tableOrFieldName.describe(
    "Name of the table: lower-case letters, digits and _, at most 32 characters, a letter first.",
  ),
  description: descriptionText.optional().describe("What the table is for, at most 128 characters."),
  fields: z.array(tableField).min(1).describe("The fields: at least one, names unique."),
  bot_id: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .describe(`The bot (agent) that the table belongs to, created with its first table. Default: \`${defaultBot}\`.`),
});
export type Table = z.output<typeof tableDefinition>;

/**
 * The body of a create-table call: other members are ignored, and every description is mandatory, unlike in a
 * definition.
 */
export const newTable = tableDefinition
  .pick({ name: true })
  .extend({
    description: descriptionText,
    fields: z.array(tableField.extend({ description: descriptionText }).strip()).min(1, "must not be empty"),
  })
  .strip();

/**
 * A collection is named after the identifier of its table, by which calls find it. The alias keeps table names unique
 * within a bot.
 */
export const tables: CollectionKind<typeof tableDefinition> = {
  definition: tableDefinition,
  toCollection: (table, ids) => {
    const repeated = findRepeated(table.fields.map((each) => each.name));
    if (repeated !== undefined)
      throw new DefinitionError({
        field: "fields",
        rule: "unique-name",
        message: `the name ${repeated} is given twice`,
      });
    const { table_id = ids.hex(24), bot_id = defaultBot, ...described } = table;
    return {
      space: { name: bot_id, definition: {} },
      name: table_id,
      alias: table.name,
      definition: toTableJson({ table_id, bot_id, ...described }),
    };
  },
  findConflict: async (collections, { name, space }) => {
    const other = await collections.findByName(name);
    return other === undefined || other.spaceName === space.name
      ? undefined
      : `the table_id ${name} belongs to a table of another bot`;
  },
  access: defineAccess({
    members: z.object({
      tokens: z.record(z.string().min(1), z.strictObject({})).default({}).describe("API keys of the table's bot."),
    }),
    toCredentials: ({ tokens }, { bot_id: bot = defaultBot }) =>
      Object.keys(tokens).map((secret) => ({
        secret,
        caller: { principal: showValue(bot), scopes: "all", grants: [showValue(bot)] },
      })),
    spaces: { describe: grantedSpaces, "read-records": grantedSpaces, create: grantedSpaces, delete: nowhere },
    mayChangeSpace: hasGrant,
  }),
  /** An import already stores every field of the table, an empty one as null. */
  toFields: (_table, { fields }) => fields,
};

export function readTable(stored: JsonObject): Table {
  return tableDefinition.parse(stored);
}

function toTableJson({
  fields,
  description = "",
  ...table
}: Table & { readonly table_id: string; readonly bot_id: string }): JsonObject {
  return { ...table, description, fields: fields.map(completeTableField) };
}

function completeTableField({
  name,
  description = "",
  type,
  required = false,
  unique = false,
}: TableField): JsonObject {
  return { name, description, type, required, unique };
}
