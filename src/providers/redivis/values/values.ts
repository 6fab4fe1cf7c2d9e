import { toInt64 } from "../../../json/int64.js";
import { explainUnstorable, findUnstorableText } from "../../../json/storable.js";
import { isJsonArray, type JsonValue } from "../../../json/value.js";
import { toDate, toDateTime, toTime } from "./dates.js";
import { isWkt } from "./geography.js";

export const variableTypes = ["string", "integer", "float", "boolean", "date", "dateTime", "time", "geography"] as const;
export type VariableType = (typeof variableTypes)[number];

/** A value as it is stored and read back. */
type Stored = string | number | bigint | boolean;

/** What is wrong with a value. */
export interface Wrong {
  readonly rule: "type" | "format" | "storable";
  readonly reason: string;
}

interface Rule {
  /** JSON types that can be right. */
  readonly json: "string" | "number" | "boolean";
  /** Undefined when it is not. */
  readonly read: (value: Stored) => Stored | undefined;
  readonly expected: string;
}

function text(read: (text: string) => string | undefined, expected: string): Rule {
  return { json: "string", read: (value) => (typeof value === "string" ? read(value) : undefined), expected };
}

const rules = {
  string: text((value) => value, "a JSON string"),
  integer: { json: "number", read: readInteger, expected: "a JSON number with a whole value of 64 bits" },
  float: { json: "number", read: readFloat, expected: "a JSON number in the range of a 64-bit float" },
  boolean: { json: "boolean", read: (value) => value, expected: "true or false" },
  date: text(toDate, "a day such as 2020-01-31, from 0001-01-01 to 9999-12-31"),
  dateTime: text(toDateTime, "a day and a time without a zone such as 2020-01-31T13:45:00.000"),
  time: text(toTime, "a time such as 13:45:00.000"),
  geography: text((value) => (isWkt(value) ? value : undefined), "a geography as WKT such as POINT(10 20)"),
} as const satisfies Record<VariableType, Rule>;

/** A value that is not null, read as its type asks; never a text where JSON has a type of its own. */
export function readValue(type: VariableType, value: Exclude<JsonValue, null>): { readonly stored: Stored } | { readonly wrong: Wrong } {
  const { json, read, expected } = rules[type];
  const sent = jsonTypeOf(value);
  if (typeof value === "object" || sent !== json) return { wrong: { rule: "type", reason: `must be ${expected}, not ${nameOf(sent)}` } };
  const unstorable = typeof value === "string" ? findUnstorableText(value) : undefined;
  if (unstorable !== undefined) return { wrong: { rule: "storable", reason: explainUnstorable(unstorable) } };
  const stored = read(value);
  return stored === undefined ? { wrong: wrongFormat(expected) } : { stored };
}

function wrongFormat(expected: string): Wrong {
  return { rule: "format", reason: `must be ${expected}` };
}

/** What is wrong with a number that only its double takes for whole: for a float the double is right. */
export function findRounded(type: VariableType): Wrong | undefined {
  return type === "integer" ? wrongFormat(rules.integer.expected) : undefined;
}

function readInteger(value: Stored): number | bigint | undefined {
  return typeof value === "number" && !Number.isInteger(value) ? undefined : toInt64(BigInt(value));
}

function readFloat(value: Stored): number | undefined {
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function jsonTypeOf(value: Exclude<JsonValue, null>): "string" | "number" | "boolean" | "array" | "object" {
  if (typeof value === "object") return isJsonArray(value) ? "array" : "object";
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "number";
}

function nameOf(type: ReturnType<typeof jsonTypeOf>): string {
  return type === "array" || type === "object" ? `an ${type}` : `a ${type}`;
}
