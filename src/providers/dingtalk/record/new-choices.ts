import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../json/value.js";
import type { SheetField } from "../sheet/sheet.js";
import type { Choice, Choices } from "../values/choices.js";

/** Finds the options that the records of one request name, and collects new ones where adding is allowed. */
export class NewChoices {
  readonly #createId: (() => string) | undefined;
  readonly #added = new Map<string, Map<string, Choice>>();

  /** @param createId absent: no option is added */
  constructor(createId?: () => string) {
    this.#createId = createId;
  }

  of(field: SheetField): Choices {
    return {
      find: (name) => field.choices.get(name) ?? this.#added.get(field.id)?.get(name) ?? this.#add(field, name),
    };
  }

  #add({ id }: SheetField, name: string): Choice | undefined {
    if (this.#createId === undefined) return undefined;
    const choice = { id: this.#createId(), name };
    const ofField = this.#added.get(id) ?? new Map<string, Choice>();
    this.#added.set(id, ofField.set(name, choice));
    return choice;
  }

  /** The definition with the new options; undefined when there are no new options. */
  addTo(definition: JsonObject): JsonObject | undefined {
    const { fields } = definition;
    if (this.#added.size === 0 || !isJsonArray(fields)) return undefined;
    return { ...definition, fields: fields.map((field) => this.#extend(field)) };
  }

  #extend(field: JsonValue): JsonValue {
    const added = isJsonObject(field) && typeof field["id"] === "string" ? this.#added.get(field["id"]) : undefined;
    if (added === undefined || !isJsonObject(field)) return field;
    const property = isJsonObject(field["property"]) ? field["property"] : {};
    const choices = isJsonArray(property["choices"]) ? property["choices"] : [];
    return { ...field, property: { ...property, choices: [...choices, ...added.values()] } };
  }
}
