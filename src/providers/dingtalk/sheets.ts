import { DefinitionRefused, type CollectionKind } from "../../contract/provider.js";
import type { IdSource } from "../../core/clock.js";
import type { JsonObject } from "../../core/json.js";
import { access } from "./access.js";
import { sheetDefinition, type FieldDefinition } from "./definition.js";
import { readSheet } from "./sheet.js";

/** A sheet is found by its id or else by its name; what is said of the base goes to the space. */
export const sheets: CollectionKind<typeof sheetDefinition> = {
  definition: sheetDefinition,
  toCollection: ({ baseId: givenBaseId, sheets: [sheet], ...base }, ids) => {
    if (sheet === undefined) throw refuse("sheets", "must hold one sheet");
    const { id = ids.alphanumeric(7), name } = sheet;
    const { baseId = ids.alphanumeric(32) } = { baseId: givenBaseId };
    const fields = sheet.fields.map((field, index) => completeField(field, ids, `sheets.0.fields.${index}`));
    refuseRepeated(fields, "sheets.0.fields");
    // What was parsed as JSON holds nothing else; what is absent is not stored.
    const [definition, space] = [{ baseId, id, name, fields }, base] as unknown as [JsonObject, JsonObject];
    return { space: { name: baseId, definition: space }, name: id, alias: name, definition };
  },
  access,
  /** Fields that the sheet no longer has are left out. */
  toFields: ({ definition }, { fields }) => {
    const { byId } = readSheet(definition);
    return Object.fromEntries(
      Object.entries(fields).flatMap(([id, value]) => {
        const field = byId.get(id);
        return field === undefined ? [] : [[field.name, value]];
      }),
    );
  },
};

function completeField({ id, property, ...field }: FieldDefinition, ids: IdSource, path: string) {
  const choices = property?.choices?.map((choice) => ({ id: choice.id ?? ids.alphanumeric(10), name: choice.name }));
  refuseRepeated(choices ?? [], `${path}.property.choices`);
  return { id: id ?? ids.alphanumeric(7), ...field, ...(property && { property: { ...property, choices } }) };
}

function refuseRepeated(items: readonly { readonly id: string; readonly name: string }[], path: string): void {
  const seen = new Set<string>();
  for (const [member, text] of items.flatMap(({ id, name }) => [["id", id], ["name", name]] as const)) {
    const entry = `${member} ${text}`;
    if (seen.has(entry)) throw refuse(path, `the ${entry} stands twice`);
    seen.add(entry);
  }
}

function refuse(field: string, message: string): DefinitionRefused {
  return new DefinitionRefused({ field, rule: "unique", message });
}
