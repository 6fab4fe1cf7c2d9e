import { isDeepStrictEqual } from "node:util";
import { showValue } from "../../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/json/value.js";

/**
 * Whether the actual value matches the expected one. contracts/cases/README.md defines `$int`, `$absent` and
 * `$pattern`.
 */
export function fits(actual: JsonValue | undefined, expected: JsonValue): boolean {
  if (isJsonArray(expected)) {
    return (
      isJsonArray(actual) &&
      actual.length === expected.length &&
      expected.every((element, index) => fits(actual[index], element))
    );
  }
  if (!isJsonObject(expected)) return isDeepStrictEqual(actual, expected);
  if (expected["$absent"] === true) return actual === undefined;
  if (typeof expected["$int"] === "string") return showValue(actual) === expected["$int"];
  if (typeof expected["$pattern"] === "string")
    return typeof actual === "string" && matches(actual, expected["$pattern"]);
  return (
    isJsonObject(actual) &&
    Object.keys(actual).length === presentKeys(expected).length &&
    containsMembers(actual, expected)
  );
}

/** Like `fits`, but at the top level only the given members count. */
export function containsMembers(actual: JsonObject, expected: JsonObject): boolean {
  return Object.entries(expected).every(([key, member]) =>
    fits(Object.hasOwn(actual, key) ? actual[key] : undefined, member),
  );
}

function presentKeys(expected: JsonObject): string[] {
  return Object.entries(expected).flatMap(([key, member]) =>
    isJsonObject(member) && member["$absent"] === true ? [] : [key],
  );
}

export function matches(text: string, pattern: string): boolean {
  return new RegExp(pattern, "s").test(text);
}
