import { showValue } from "../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";

/** Expands `$repeat` and `$range`. */
export function expand(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(expand);
  if (!isJsonObject(value)) return value;
  if (isJsonArray(value["$repeat"])) return repeat(value["$repeat"]);
  if (isJsonArray(value["$range"])) return range(value["$range"], value["each"] ?? null);
  return mapMembers(value, expand);
}

function repeat([text, times]: readonly JsonValue[]): string {
  return showValue(text).repeat(Number(times));
}

function range([from, to]: readonly JsonValue[], each: JsonValue): JsonValue[] {
  const first = Number(from);
  return Array.from({ length: Number(to) - first + 1 }, (_, index) => expand(fillIn(each, first + index)));
}

function fillIn(template: JsonValue, number: number): JsonValue {
  if (template === "$i") return number;
  if (typeof template === "string") return template.replaceAll("${i}", String(number));
  if (isJsonArray(template)) return template.map((element: JsonValue) => fillIn(element, number));
  return isJsonObject(template) ? mapMembers(template, (member) => fillIn(member, number)) : template;
}

function mapMembers(object: JsonObject, map: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, map(member)]));
}
