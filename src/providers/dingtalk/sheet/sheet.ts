import { z } from "zod";
import { isJsonObject, type JsonObject } from "../../../json/value.js";
import { sheetFieldTypes, type SheetFieldType } from "../values/field-types.js";
import type { Choice } from "../values/choices.js";

export interface SheetField {
  readonly id: string;
  readonly name: string;
  readonly type: SheetFieldType;
  readonly property: JsonObject;
  /** Options by name. */
  readonly choices: ReadonlyMap<string, Choice>;
}

/** A sheet indexed by field id, field name and option name. */
export interface Sheet {
  readonly definition: JsonObject;
  readonly byName: ReadonlyMap<string, SheetField>;
  /** Fields by id, in the order of the sheet. */
  readonly byId: ReadonlyMap<string, SheetField>;
}

const storedChoices = z.array(z.object({ id: z.string(), name: z.string() })).default([]);
const storedSheet = z.object({
  fields: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      type: z.enum(sheetFieldTypes),
      property: z.custom<JsonObject>(isJsonObject).default({}),
    }),
  ),
});

const known = new WeakMap<JsonObject, Sheet>();

/** Caches by definition object: each is indexed once. */
export function readSheet(definition: JsonObject): Sheet {
  const sheet = known.get(definition) ?? compileSheetField(definition);
  known.set(definition, sheet);
  return sheet;
}

function compileSheetField(definition: JsonObject): Sheet {
  const fields = storedSheet.parse(definition).fields.map((field): SheetField => {
    return {
      ...field,
      choices: new Map(storedChoices.parse(field.property["choices"]).map((each) => [each.name, each])),
    };
  });
  return {
    definition,
    byName: new Map(fields.map((field) => [field.name, field])),
    byId: new Map(fields.map((field) => [field.id, field])),
  };
}
