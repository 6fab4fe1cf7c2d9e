import fc from "fast-check";
import { expect, it } from "vitest";
import { buildPath, matchPath } from "../../src/contract/paths.js";

const template = "/v1/{base}/tables/{table}:insert/{name}";

it("gives back every parameter that was put in, encoded or not", () => {
  const parameter = fc.string({
    minLength: 1,
    unit: fc.constantFrom("a", "/", "%", "?", "#", " ", ":", "ü", "😀", "{", "}"),
  });
  fc.assert(
    fc.property(parameter, parameter, (base, name) => {
      const path = buildPath("/v1/{base}/tables/{name}", { base, name });
      expect(matchPath("/v1/{base}/tables/{name}", path)).toEqual({ base, name });
    }),
  );
});

it("has the replacement character where half a character has no encoding", () => {
  expect(buildPath("/{name}", { name: "a\ud800" })).toBe("/a%EF%BF%BD");
});

it("decodes a parameter once", () => {
  expect(matchPath("/{name}", "/a%252Fb")).toEqual({ name: "a%2Fb" });
});

it.each([
  "/v1/a",
  "/v1/a/tables/b/c/d",
  "/v2/a/tables/x/b",
  "/v1//tables/x/b",
  "/v1/%ZZ/tables/x/b",
  "/v1/a/tables/x/b/",
])("does not fit %s", (path) => {
  expect(matchPath("/v1/{base}/tables/x/{name}", path)).toBeUndefined();
});

it("takes braces within a segment as they are", () => {
  expect(matchPath(template, "/v1/a/tables/b:insert/c")).toBeUndefined();
});
