import type { JsonValue } from "../../../json/value.js";
import { toDigits } from "../../../json/number-text.js";
import { toInt64 } from "../../../json/int64.js";
import { showValue } from "../../../json/stringify.js";
import { shorten } from "../../../json/quote.js";

export const tableFieldTypes = ["TEXT", "INT", "FLOAT", "DATETIME", "BOOLEAN"] as const;
export type TableFieldType = (typeof tableFieldTypes)[number];

/** The stored value of a field that is not empty. */
export type TableValue = string | number | bigint | boolean;

const tableFieldReaders = {
  TEXT: (value) => (typeof value === "number" ? toDigits(value) : String(value)),
  INT: toInt,
  FLOAT: toFloat,
  DATETIME: toTableDateTime,
  BOOLEAN: toTableBoolean,
} as const satisfies Record<TableFieldType, (value: TableValue) => TableValue | undefined>;

/** A missing member, null and the empty text are equivalent. */
export function isEmpty(value: JsonValue | undefined): value is null | undefined | "" {
  return value === undefined || value === null || value === "";
}

/**
 * The value converted to the type; undefined when the type does not have it. The service carries rows as CSV, so a text
 * counts as the value that it spells.
 */
export function toTableValue(type: TableFieldType, value: JsonValue): TableValue | undefined {
  return typeof value === "object" ? undefined : tableFieldReaders[type](value);
}

/** Leading zeros aside, a 64-bit integer has at most 19 digits; the pattern spares BigInt texts of a million digits. */
const intText = /^(-?)0*(\d{1,19})$/;

function toInt(value: TableValue): number | bigint | undefined {
  const text = typeof value === "number" && Number.isInteger(value) ? BigInt(value).toString() : String(value);
  const [, sign = "", digits] = typeof value === "boolean" ? [] : (intText.exec(text) ?? []);
  if (digits === undefined) return undefined;
  return toInt64(BigInt(sign + digits));
}

const floatText = /^-?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function toFloat(value: TableValue): number | undefined {
  if (typeof value === "boolean" || (typeof value === "string" && !floatText.test(value))) return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function toTableBoolean(value: TableValue): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value !== "string" || value.length > 5) return undefined;
  const text = value.toLowerCase();
  return text === "true" || text === "false" ? text === "true" : undefined;
}

const dateTimeText = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/** `YYYY-MM-DD HH:MM:SS` of an existing moment: the calendar gives the parts back unchanged. */
function toTableDateTime(value: TableValue): string | undefined {
  const [, day, time] = typeof value === "string" ? (dateTimeText.exec(value) ?? []) : [];
  if (day === undefined || time === undefined) return undefined;
  const moment = Date.parse(`${day}T${time}Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString() === `${day}T${time}.000Z`
    ? `${day} ${time}`
    : undefined;
}

/** Counts characters, not UTF-16 units. */
export function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  return text.length > 2 * characters || Array.from(text).length > characters;
}

/** A value for a message, shortened when it is long. */
export function showShort(value: JsonValue | undefined): string {
  return shorten(showValue(value));
}
