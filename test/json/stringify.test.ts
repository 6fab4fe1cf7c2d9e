import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/json/parse.js";
import { stringifyJson } from "../../src/json/stringify.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/json/value.js";
import { anyJson, jsonOf, plain } from "./json-arbitraries.js";

describe("what is written", () => {
  it("is read back as the same value, integers of any length included", () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(parseJson(stringifyJson(value))).toEqual(withPrototypes(value));
      }),
    );
  });

  it("is what JSON.stringify writes where there is no long integer", () => {
    fc.assert(
      fc.property(jsonOf(plain), (value) => {
        expect(stringifyJson(value)).toBe(JSON.stringify(value));
      }),
    );
  });
});

/** Dictionaries of fast-check may have no prototype. */
function withPrototypes(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(withPrototypes);
  return isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withPrototypes(member)]))
    : value;
}
