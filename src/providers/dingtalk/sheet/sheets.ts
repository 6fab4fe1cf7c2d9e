import { DefinitionError, type CollectionKind } from "../../../contract/provider.js";
import { dingtalkAccess } from "../token/access.js";
import { sheetDefinition } from "./definition.js";
import { completeSheet } from "./new-sheet.js";
import { readSheet } from "./sheet.js";

/** Calls find a sheet by its id or its name. The properties of the base are stored in the space. */
export const sheets: CollectionKind<typeof sheetDefinition> = {
  definition: sheetDefinition,
  toCollection: ({ baseId: givenBaseId, sheets: [sheet], ...base }, ids) => {
    if (sheet === undefined)
      throw new DefinitionError({ field: "sheets", rule: "unique", message: "must hold one sheet" });
    const { baseId = ids.alphanumeric(32) } = { baseId: givenBaseId };
    return { space: { name: baseId, definition: base }, ...completeSheet({ baseId, ...sheet }, ids, ["sheets", "0"]) };
  },
  access: dingtalkAccess,
  /** Omits values of fields that the sheet no longer has, and members that are not fields. */
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
