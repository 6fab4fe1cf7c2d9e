import { quoteText } from "../../../json/quote.js";
import { explainUnstorable, findUnstorable } from "../../../json/storable.js";
import type { JsonObject, JsonValue } from "../../../json/value.js";
import type { TableField } from "../table/table.js";
import { isEmpty, isLongerThan, showShort, toTableValue, type TableValue } from "../table/values.js";

/** A field of one row with a value that the table refuses. */
export interface FieldFault {
  readonly field: string;
  readonly reason: string;
}

export interface CheckedRow {
  /** Every field of the table in its stored form; null for an empty one. */
  readonly values: Readonly<Record<string, TableValue | null>>;
  readonly problems: readonly FieldFault[];
}

/**
 * The contract's limit for a value of a unique field. Its limit for other values, 4,294,967,295 characters, is beyond
 * any request.
 */
const maxUniqueLength = 256;

/** Checks one row by itself; uniqueness among rows is checked elsewhere. */
export function createRowCheck(fields: readonly TableField[]): (row: JsonObject) => CheckedRow {
  const names = new Set(fields.map(({ name }) => name));
  return (row) => {
    const problems: FieldFault[] = [];
    const values = fields.map((field): [string, TableValue | null] => {
      // `hasOwn`: a table may have a field named `constructor`.
      const sent = Object.hasOwn(row, field.name) ? row[field.name] : undefined;
      const { value = null, reason } = checkValue(field, sent);
      if (reason !== undefined) problems.push({ field: field.name, reason });
      return [field.name, value];
    });
    for (const name of Object.keys(row)) {
      if (!names.has(name))
        problems.push({ field: quoteText(name), reason: `\`${quoteText(name)}\` is not a field of the table.` });
    }
    return { values: Object.fromEntries(values), problems };
  };
}

function checkValue(
  field: TableField,
  sent: JsonValue | undefined,
): { readonly value?: TableValue; readonly reason?: string } {
  if (isEmpty(sent)) return { reason: explainEmpty(field) };
  const unstorable = findUnstorable(sent);
  if (unstorable !== undefined) return { reason: `\`${field.name}\` ${explainUnstorable(unstorable)}.` };
  const value = toTableValue(field.type, sent);
  if (value === undefined)
    return {
      reason: `\`${field.name}\` must be of type ${field.type}; the current value '${showShort(sent)}' is invalid.`,
    };
  if (field.unique && isLongerThan(String(value), maxUniqueLength))
    return { reason: `\`${field.name}\` must not exceed ${maxUniqueLength} characters.` };
  return { value };
}

function explainEmpty({ name, required, unique }: TableField): string | undefined {
  const rules = [
    required &&
      `\`${name}\` is required and must have a value; the current value is invalid or the property is missing.`,
    unique && `\`${name}\` must be unique, but the value is empty or the property is missing.`,
  ].filter((rule) => typeof rule === "string");
  return rules.length === 0 ? undefined : rules.join(" ");
}
