import { z } from "zod";
import { defineAccess, DefinitionRefused, type CollectionKind } from "../../../contract/provider.js";
import { showValue } from "../../../json/stringify.js";
import { findRepeated } from "../../../contract/schema/repeated.js";
import type { JsonObject } from "../../../json/value.js";
import { fieldTypes } from "./values.js";

export const tableId = z
  .string()
  .regex(/^[0-9a-f]{24}$/, "must be 24 lower-case hexadecimal digits")
  .describe("Identifier of the table: 24 lower-case hexadecimal digits.");

const name = z.string().max(32).regex(/^[a-z][a-z0-9_]*$/, "must begin with a lower-case letter and go on with lower-case letters, digits and _");
const description = z.string().max(128);

const field = z
  .strictObject({
    name: name.describe("Name of the field: lower-case letters, digits and _, at most 32 characters, a letter first."),
    description: description.optional().describe("What the field holds, at most 128 characters."),
    type: z.enum(fieldTypes).describe("Type of the field's values."),
    required: z.boolean().optional().describe("Whether every record needs a value. Default: false."),
    unique: z.boolean().optional().describe("Whether no two records may have the same value; every record then needs one. Default: false."),
  })
  .describe("A field of the table.");
export type Field = z.output<typeof field>;

/** A table belongs to it where nothing else is said. */
export const defaultBot = "default";

const definition = z.strictObject({
  table_id: tableId.optional().describe("Identifier of the table: 24 lower-case hexadecimal digits. Made up if absent."),
  name: name.describe("Name of the table: lower-case letters, digits and _, at most 32 characters, a letter first."),
  description: description.optional().describe("What the table is for, at most 128 characters."),
  fields: z.array(field).min(1).describe("The fields, at least one, no name twice."),
  bot_id: z.string().min(1).max(64).optional().describe(`The bot (agent) the table belongs to, made with its first table. Default: \`${defaultBot}\`.`),
});
export type Table = z.output<typeof definition>;

/** A table as its bot asks for it: what else is sent is ignored, and unlike here no description may be missing. */
export const newTable = definition
  .pick({ name: true })
  .extend({ description, fields: z.array(field.extend({ description }).strip()).min(1, "must not be empty") })
  .strip();
export type NewTable = z.output<typeof newTable>;

/** A table is found by its identifier, so that is the name of its collection. No two tables of a bot have the same name. */
export const tables: CollectionKind<typeof definition> = {
  definition,
  toCollection: (table, ids) => {
    const repeated = findRepeated(table.fields.map((each) => each.name));
    if (repeated !== undefined) throw new DefinitionRefused({ field: "fields", rule: "unique-name", message: `the name ${repeated} stands twice` });
    const { table_id = ids.hex(24), bot_id = defaultBot, ...described } = table;
    return { space: { name: bot_id, definition: {} }, name: table_id, alias: table.name, definition: toJson({ table_id, bot_id, ...described }) };
  },
  findConflict: async (collections, { name, space }) => {
    const other = await collections.findByName(name);
    return other === undefined || other.spaceName === space.name ? undefined : `the table_id ${name} is that of a table of another bot`;
  },
  access: defineAccess({
    members: z.object({ tokens: z.record(z.string().min(1), z.strictObject({})).default({}).describe("API keys of the table's bot.") }),
    toCredentials: ({ tokens }, { bot_id: bot = defaultBot }) =>
      Object.keys(tokens).map((secret) => ({ secret, caller: { principal: showValue(bot), scopes: "all", grants: [showValue(bot)] } })),
  }),
  /** An import stores every field of the table, the empty ones as null. */
  toFields: (_table, { fields }) => fields,
};

export function readTable(stored: JsonObject): Table {
  return definition.parse(stored);
}

function toJson({ fields, description = "", ...table }: Table & { readonly table_id: string; readonly bot_id: string }): JsonObject {
  return { ...table, description, fields: fields.map(completeField) };
}

function completeField({ name, description = "", type, required = false, unique = false }: Field): JsonObject {
  return { name, description, type, required, unique };
}
