import { toInt64 } from "../../../json/int64.js";
import { explainUnstorable, findUnstorableText } from "../../../json/storable.js";
import { isJsonArray, type JsonValue } from "../../../json/value.js";
import { toDate, toDateTimeText, toTime } from "./dates.js";
import { isWkt } from "./geography.js";

export const variableTypes = [
  "string",
  "integer",
  "float",
  "boolean",
  "date",
  "dateTime",
  "time",
  "geography",
] as const;
export type VariableType = (typeof variableTypes)[number];

/** A value as it is stored and read back. */
type StoredValue = string | number | bigint | boolean;

/** The reason why a value is refused. */
export interface ValueFault {
  readonly rule: "type" | "format" | "storable";
  readonly reason: string;
}

interface VariableRule {
  /** The JSON type that a value must have. */
  readonly json: "string" | "number" | "boolean";
  /** The stored form of the value; undefined when the value is wrong. */
  readonly read: (value: StoredValue) => StoredValue | undefined;
  readonly expected: string;
}

function textRule(read: (text: string) => string | undefined, expected: string): VariableRule {
  return { json: "string", read: (value) => (typeof value === "string" ? read(value) : undefined), expected };
}

const variableRules = {
  string: textRule((value) => value, "a JSON string"),
  integer: { json: "number", read: toVariableInteger, expected: "a JSON number with a whole value of 64 bits" },
  float: { json: "number", read: toVariableFloat, expected: "a JSON number in the range of a 64-bit float" },
  boolean: { json: "boolean", read: (value) => value, expected: "true or false" },
  date: textRule(toDate, "a day such as 2020-01-31, from 0001-01-01 to 9999-12-31"),
  dateTime: textRule(toDateTimeText, "a day and a time without a zone such as 2020-01-31T13:45:00.000"),
  time: textRule(toTime, "a time such as 13:45:00.000"),
  geography: textRule((value) => (isWkt(value) ? value : undefined), "a geography as WKT such as POINT(10 20)"),
} as const satisfies Record<VariableType, VariableRule>;

/** Reads a value other than null by the type of its variable. A text never stands for a number or a boolean. */
export function readVariableValue(
  type: VariableType,
  value: Exclude<JsonValue, null>,
): { readonly stored: StoredValue } | { readonly fault: ValueFault } {
  const { json, read, expected } = variableRules[type];
  const sent = jsonTypeOf(value);
  if (typeof value === "object" || sent !== json)
    return { fault: { rule: "type", reason: `must be ${expected}, not ${withArticle(sent)}` } };
  const unstorable = typeof value === "string" ? findUnstorableText(value) : undefined;
  if (unstorable !== undefined) return { fault: { rule: "storable", reason: explainUnstorable(unstorable) } };
  const stored = read(value);
  return stored === undefined ? { fault: formatFault(expected) } : { stored };
}

function formatFault(expected: string): ValueFault {
  return { rule: "format", reason: `must be ${expected}` };
}

/** The fault of a number that is whole only after rounding to a double; a float has no such fault. */
export function findRoundedFault(type: VariableType): ValueFault | undefined {
  return type === "integer" ? formatFault(variableRules.integer.expected) : undefined;
}

function toVariableInteger(value: StoredValue): number | bigint | undefined {
  return typeof value === "number" && !Number.isInteger(value) ? undefined : toInt64(BigInt(value));
}

function toVariableFloat(value: StoredValue): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function jsonTypeOf(value: Exclude<JsonValue, null>): "string" | "number" | "boolean" | "array" | "object" {
  if (typeof value === "object") return isJsonArray(value) ? "array" : "object";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "number";
}

function withArticle(type: ReturnType<typeof jsonTypeOf>): string {
  return type === "array" || type === "object" ? `an ${type}` : `a ${type}`;
}
