import { DefinitionError, type CollectionKind } from "../../../contract/provider.js";
import { dingtalkAccess } from "../base/access.js";
import { sheetDefinition } from "./definition.js";
import { completeSheet } from "./new-sheet.js";
import { readSheet } from "./sheet.js";

/** A sheet is found by its id or else by its name; what is said of the base goes to the space. */
export const sheets: CollectionKind<typeof sheetDefinition> = {
  definition: sheetDefinition,
  toCollection: ({ baseId: givenBaseId, sheets: [sheet], ...base }, ids) => {
    if (sheet === undefined) throw new DefinitionError({ field: "sheets", rule: "unique", message: "must hold one sheet" });
    const { baseId = ids.alphanumeric(32) } = { baseId: givenBaseId };
    return { space: { name: baseId, definition: base }, ...completeSheet({ baseId, ...sheet }, ids, ["sheets", "0"]) };
  },
  access: dingtalkAccess,
  /** Fields that the sheet no longer has are left out, and what is kept beside the fields. */
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
