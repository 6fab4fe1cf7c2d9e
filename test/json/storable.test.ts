import { expect, it } from "vitest";
import { findUnstorable, locateUnstorable, maxDepth } from "../../src/json/storable.js";
import type { JsonValue } from "../../src/json/value.js";

function nested(levels: number): JsonValue {
  return JSON.parse("[".repeat(levels) + "]".repeat(levels)) as JsonValue;
}

it.each<[string, JsonValue, string | undefined]>([
  ["nothing in a plain value", { a: ["x", 1, null, 2n, "😀"] }, undefined],
  ["U+0000 in a value", { a: ["x\0"] }, "nul"],
  ["U+0000 in a key", { "a\0": 1 }, "nul"],
  ["half a surrogate pair", ["\ud83d"], "surrogate"],
  ["half a pair in a key", [{ "\udc00": 1 }], "surrogate"],
  ["nothing at the deepest level", nested(maxDepth), undefined],
  ["one level more", nested(maxDepth + 1), "depth"],
  ["very many levels, without running out of stack", nested(100_000), "depth"],
])("finds %s", (_name, value, reason) => {
  expect(findUnstorable(value)).toBe(reason);
});

it.each<[JsonValue, readonly (string | number)[]]>([
  ["\0", []],
  [{ a: [1, { b: "\0" }] }, ["a", 1, "b"]],
  [{ a: { b: [], "c\ud800": 1 } }, ["a", "c\ud800"]],
])("tells where %j holds it", (value, path) => {
  expect(locateUnstorable(value)?.path).toEqual(path);
});
