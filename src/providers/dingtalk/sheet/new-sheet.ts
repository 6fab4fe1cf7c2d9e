import { DefinitionError } from "../../../contract/provider.js";
import { findRepeated } from "../../../contract/schema/repeated.js";
import type { IdSource } from "../../../core/clock.js";
import type { NewCollection } from "../../../core/collection.js";
import type { SheetFieldDefinition } from "./definition.js";
import { dingtalkFailures } from "../failures.js";

interface NewSheet {
  readonly baseId: string;
  readonly id?: string;
  readonly name: string;
  readonly fields: readonly SheetFieldDefinition[];
}

/** Generates absent ids. @param path place of the sheet in the input @throws DefinitionError */
export function completeSheet(
  sheet: NewSheet,
  ids: IdSource,
  path: readonly string[],
): Pick<NewCollection, "name" | "alias" | "definition"> {
  const { baseId, id = ids.alphanumeric(7), name } = sheet;
  const fieldsPath = [...path, "fields"];
  const fields = sheet.fields.map((field, index) => completeSheetField(field, ids, [...fieldsPath, String(index)]));
  refuseRepeated(fields, fieldsPath);
  return { name: id, alias: name, definition: { baseId, id, name, fields } };
}

/** @throws DefinitionError */
export function completeSheetField(definition: SheetFieldDefinition, ids: IdSource, path: readonly string[]) {
  const { id = ids.alphanumeric(7), property, ...field } = definition;
  const choices = property?.choices?.map((choice) => ({ id: choice.id ?? ids.alphanumeric(10), name: choice.name }));
  refuseRepeated(choices ?? [], [...path, "property", "choices"]);
  return { id, ...field, ...(property && { property: { ...property, ...(choices && { choices }) } }) };
}

function refuseRepeated(
  items: readonly { readonly id: string; readonly name: string }[],
  path: readonly string[],
): void {
  const repeated = findRepeated(items.flatMap(({ id, name }) => [`id ${id}`, `name ${name}`]));
  if (repeated !== undefined)
    throw new DefinitionError({ field: path.join("."), rule: "unique", message: `the ${repeated} is given twice` });
}

/** Translates a refused definition to a failure of the contract. @throws RefusalError */
export function orRefuse<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const { field, rule, message } = error;
    throw refuseArgument(field, rule, message);
  }
}

export function refuseArgument(field: string, rule: string, message: string) {
  return dingtalkFailures.refuse("arguments-invalid", { problem: `${field}: ${message}` }, [{ field, rule, message }]);
}
