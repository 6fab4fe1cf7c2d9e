import { describe, expect, test } from "vitest";
import { findMount, toMounts } from "../../../src/contract/server/mounts.js";

const two = [
  { id: "alpha", root: ["/v1/things", "/v2"] },
  { id: "beta", root: [] },
];

describe("a provider's paths", () => {
  const mounts = toMounts(two, ["/graphql"]);

  test.each([
    ["/alpha/v1/things/a", "alpha", "/v1/things/a"],
    ["/beta/v1/things/a", "beta", "/v1/things/a"],
    ["/v1/things/a", "alpha", "/v1/things/a"],
    ["/v1/things", "alpha", "/v1/things"],
    ["/v2/x%2Fy", "alpha", "/v2/x%2Fy"],
    ["/alpha", "alpha", "/"],
    ["/alpha/", "alpha", "/"],
  ])("%s is asked of %s as %s", (path, provider, asked) => {
    const found = findMount(mounts, path);
    expect([found?.mount.provider, found?.path]).toEqual([provider, asked]);
  });

  test.each(["/", "/v1", "/v1/other", "/v1/thingsome", "/alphabet/v1", "/v20", "/graphql"])(
    "%s is nobody's",
    (path) => {
      expect(findMount(mounts, path)).toBeUndefined();
    },
  );
});

describe("two claims on one path", () => {
  test.each([
    [
      [
        { id: "a", root: ["/v1/x"] },
        { id: "b", root: ["/v1/x"] },
      ],
      "a and b both claim /v1/x",
    ],
    [
      [
        { id: "a", root: ["/v1"] },
        { id: "b", root: ["/v1/x"] },
      ],
      "a and b both claim /v1/x",
    ],
    [
      [
        { id: "a", root: ["/b/x"] },
        { id: "b", root: [] },
      ],
      "a and b both claim /b/x",
    ],
    [[{ id: "graphql", root: [] }], "graphql and the program itself both claim /graphql"],
    [[{ id: "a", root: ["/graphql/x"] }], "a and the program itself both claim /graphql/x"],
  ])("keep the program from starting: %j", (providers, problem) => {
    expect(() => toMounts(providers, ["/graphql"])).toThrow(problem);
  });
});
