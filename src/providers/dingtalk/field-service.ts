import type { z } from "zod";
import type { ServiceCall, ServiceReply } from "../../contract/service.js";
import { isJsonArray, type JsonObject } from "../../core/json.js";
import type { sentField } from "./definition.js";
import type { FieldType } from "./field-types.js";
import { completeField, orRefuse, refuseArgument } from "./new-sheet.js";
import { openSheet } from "./open-sheet.js";
import { repeatWhileStale } from "./repeat-while-stale.js";
import { succeed, type Context } from "./service-context.js";
import { readSheet, type Field } from "./sheet.js";
import { showText } from "./text.js";

export async function listFields({ store }: Context, call: ServiceCall<unknown>): Promise<ServiceReply> {
  const { collection } = await openSheet(store, { call, right: "read" });
  return succeed({ value: [...readSheet(collection.definition).byId.values()].map(showField) });
}

export async function createField({ store, ids }: Context, call: ServiceCall<z.output<typeof sentField>>): Promise<ServiceReply> {
  return repeatWhileStale(async () => {
    const { collection } = await openSheet(store, { call, right: "edit" });
    const { definition } = collection;
    const { name } = call.body;
    if (readSheet(definition).byName.has(name)) throw refuseArgument("name", "unique", `the field '${showText(name)}' exists already`);
    const field = orRefuse(() => completeField(call.body, ids, []));
    const fields = isJsonArray(definition["fields"]) ? definition["fields"] : [];
    const outcome = await store.collections.changeDefinition(collection, { ...definition, fields: [...fields, field] });
    return outcome === "stored" ? succeed(showField(field)) : undefined;
  });
}

const typesWithChoices: ReadonlySet<FieldType> = new Set(["singleSelect", "multipleSelect"]);

/** The options of a select are told even when it has none yet. */
function showField({ id, name, type, property = {} }: Pick<Field, "id" | "name" | "type"> & { readonly property?: JsonObject }): JsonObject {
  return { id, name, type, property: typesWithChoices.has(type) ? { choices: [], ...property } : property };
}
