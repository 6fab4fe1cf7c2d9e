import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { longestTests } from "../../scripts/tests/longest-tests.mjs";
import { planTests } from "../../scripts/tests/test-plan.mjs";

const exhaustive = "exhaustive tests (set RECORDGATE_E2E=1, or name a folder)";

it("leaves exhaustive tests out of a run that names nothing, and says so", () => {
  const { withExhaustive, leftOut } = planTests([], {});
  expect(withExhaustive).toBe(false);
  expect(leftOut).toContain(exhaustive);
});

it.each([
  ["continuous integration", planTests([], { CI: "true" })],
  ["a whole run", planTests([], { RECORDGATE_E2E: "1" })],
  ["a run of a folder", planTests(["test/remote"], {})],
])("has them in %s", (_name, { withExhaustive, leftOut }) => {
  expect(withExhaustive).toBe(true);
  expect(leftOut).not.toContain(exhaustive);
});

it("names files that exist", () => {
  expect(longestTests.filter((file) => !existsSync(file))).toEqual([]);
});
