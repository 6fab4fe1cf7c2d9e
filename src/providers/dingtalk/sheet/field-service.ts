import { repeatWhileStale } from "../../../contract/repeat-while-stale.js";
import type { CallOf, ServiceReply } from "../../../contract/service.js";
import { quoteText } from "../../../json/quote.js";
import { isJsonArray, type JsonObject } from "../../../json/value.js";
import type { SheetFieldType } from "../values/field-types.js";
import { completeSheetField, orRefuse, refuseArgument } from "./new-sheet.js";
import { openSheet, type SheetCall } from "./open-sheet.js";
import type { createFieldContract } from "./sheet-contracts.js";
import { sheetChanges, succeed, type Context } from "../service-context.js";
import { readSheet, type SheetField } from "./sheet.js";

export async function listFields({ store }: Context, call: SheetCall): Promise<ServiceReply> {
  const { collection } = await openSheet(store.collections, { call, right: "read" });
  return succeed({ value: [...readSheet(collection.definition).byId.values()].map(showField) });
}

export function createField({ store, ids }: Context, call: CallOf<typeof createFieldContract>): Promise<ServiceReply> {
  const attempt = async (): Promise<ServiceReply | undefined> => {
    const { collection } = await openSheet(store.collections, { call, right: "edit" });
    const { definition } = collection;
    const { name } = call.body;
    if (readSheet(definition).byName.has(name))
      throw refuseArgument("name", "unique", `the field '${quoteText(name)}' exists already`);
    const field = orRefuse(() => completeSheetField(call.body, ids, []));
    const fields = isJsonArray(definition["fields"]) ? definition["fields"] : [];
    const outcome = await store.collections.changeDefinition(collection, { ...definition, fields: [...fields, field] });
    return outcome === "stored" ? succeed(showField(field)) : undefined;
  };
  return repeatWhileStale(attempt, sheetChanges);
}

const typesWithChoices: ReadonlySet<SheetFieldType> = new Set(["singleSelect", "multipleSelect"]);

/** A select field always answers its options, even when it has none. */
function showField({
  id,
  name,
  type,
  property = {},
}: Pick<SheetField, "id" | "name" | "type"> & { readonly property?: JsonObject }): JsonObject {
  return { id, name, type, property: typesWithChoices.has(type) ? { choices: [], ...property } : property };
}
