import type { JsonObject, JsonValue } from "../../../json/value.js";
import { toList } from "./objects.js";

export type Choice = { readonly id: string; readonly name: string } & JsonObject;

/** The options of one select field. */
export interface Choices {
  /** Undefined when no option has the name and none may be added. */
  readonly find: (name: string) => Choice | undefined;
}

export function toChoice(value: JsonValue, choices: Choices): Choice | undefined {
  return typeof value === "string" && value !== "" ? choices.find(value) : undefined;
}

export function toChoices(value: JsonValue, choices: Choices): readonly Choice[] | undefined {
  return toList(value, (name) => toChoice(name, choices));
}
