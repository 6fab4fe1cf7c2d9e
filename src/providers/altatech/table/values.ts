import type { JsonValue } from "../../../json/value.js";
import { toInt64 } from "../../../json/int64.js";
import { showValue } from "../../../json/stringify.js";
import { shorten } from "../../../json/quote.js";

export const tableFieldTypes = ["TEXT", "INT", "FLOAT", "DATETIME", "BOOLEAN"] as const;
export type TableFieldType = (typeof tableFieldTypes)[number];

/** What a record holds for a field that is not empty. */
export type TableValue = string | number | bigint | boolean;

const tableFieldReaders = {
  TEXT: String,
  INT: toInt,
  FLOAT: toFloat,
  DATETIME: toTableDateTime,
  BOOLEAN: toTableBoolean,
} as const satisfies Record<TableFieldType, (value: TableValue) => TableValue | undefined>;

/** Missing, null and the empty text are one thing. */
export function isEmpty(value: JsonValue | undefined): value is null | undefined | "" {
  return value === undefined || value === null || value === "";
}

/** The value as the type reads it; undefined when it is none of that type. Rows travel as CSV, so a text is as good as what it spells. */
export function toTableValue(type: TableFieldType, value: JsonValue): TableValue | undefined {
  return typeof value === "object" ? undefined : tableFieldReaders[type](value);
}

/** Leading zeros aside, no 64-bit integer is longer; BigInt would take its time over a million digits. */
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

/** A real moment: the calendar gives it back unchanged. */
function toTableDateTime(value: TableValue): string | undefined {
  const [, day, time] = typeof value === "string" ? (dateTimeText.exec(value) ?? []) : [];
  if (day === undefined || time === undefined) return undefined;
  const moment = Date.parse(`${day}T${time}Z`);
  return !Number.isNaN(moment) && new Date(moment).toISOString() === `${day}T${time}.000Z` ? `${day} ${time}` : undefined;
}

/** Whether the text has more characters, not UTF-16 units. */
export function isLongerThan(text: string, characters: number): boolean {
  if (text.length <= characters) return false;
  return text.length > 2 * characters || Array.from(text).length > characters;
}

/** A value as a message shows it, the rest of a long one left out. */
export function showShort(value: JsonValue | undefined): string {
  return shorten(showValue(value));
}
