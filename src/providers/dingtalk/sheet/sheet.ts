import { z } from "zod";
import { isJsonObject, type JsonObject } from "../../../json/value.js";
import { fieldTypes, type FieldType } from "../values/field-types.js";
import type { Choice } from "../values/choices.js";

export interface Field {
  readonly id: string;
  readonly name: string;
  readonly type: FieldType;
  readonly property: JsonObject;
  /** By name. */
  readonly choices: ReadonlyMap<string, Choice>;
}

/** A sheet made ready for finding fields and options. */
export interface Sheet {
  readonly definition: JsonObject;
  readonly byName: ReadonlyMap<string, Field>;
  /** In the order of the sheet. */
  readonly byId: ReadonlyMap<string, Field>;
}

const storedChoices = z.array(z.object({ id: z.string(), name: z.string() })).default([]);
const storedSheet = z.object({
  fields: z.array(
    z.object({ id: z.string(), name: z.string(), type: z.enum(fieldTypes), property: z.custom<JsonObject>(isJsonObject).default({}) }),
  ),
});

const known = new WeakMap<JsonObject, Sheet>();

/** Each definition object is read once. */
export function readSheet(definition: JsonObject): Sheet {
  const sheet = known.get(definition) ?? compile(definition);
  known.set(definition, sheet);
  return sheet;
}

function compile(definition: JsonObject): Sheet {
  const fields = storedSheet.parse(definition).fields.map((field): Field => {
    return { ...field, choices: new Map(storedChoices.parse(field.property["choices"]).map((each) => [each.name, each])) };
  });
  return { definition, byName: new Map(fields.map((field) => [field.name, field])), byId: new Map(fields.map((field) => [field.id, field])) };
}
