import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../src/json/parse.js";
import { isDeeperThan } from "../../src/json/depth.js";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/json/value.js";
import { anyJson } from "./json-arbitraries.js";

describe("a value", () => {
  it("is deeper than so many levels or not, however little is known of how many containers it has", () => {
    fc.assert(
      fc.property(anyJson, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 20 }), (value, levels, more) => {
        expect(isDeeperThan(value, levels, containersOf(value) + more)).toBe(depthOf(value) > levels);
      }),
    );
  });
});

describe("a text of brackets", () => {
  it.each(["[", '{"a":', "[1,"])("is refused for its nesting before it takes long: %s", (piece) => {
    expect(() => parseJson(piece.repeat(2_000_000))).toThrow("the text nests deeper than 2000 levels");
  });

  it("is read where the brackets are in strings, also behind escaped quotes", () => {
    for (const brackets of [5000, 1_200_000]) {
      const value = ['\\"'.repeat(3) + "[".repeat(brackets), { "[": "{" }];
      expect(parseJson(JSON.stringify(value))).toEqual(value);
    }
  });
});

function membersOf(value: JsonValue): readonly JsonValue[] {
  if (isJsonArray(value)) return value;
  return isJsonObject(value) ? Object.values(value) : [];
}

function depthOf(value: JsonValue): number {
  return isJsonArray(value) || isJsonObject(value) ? 1 + Math.max(0, ...membersOf(value).map(depthOf)) : 0;
}

function containersOf(value: JsonValue): number {
  const own = isJsonArray(value) || isJsonObject(value) ? 1 : 0;
  return (
    own +
    membersOf(value)
      .map(containersOf)
      .reduce((sum, each) => sum + each, 0)
  );
}
