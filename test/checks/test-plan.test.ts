import { existsSync } from "node:fs";
import { expect, it } from "vitest";
import { exhaustiveTests, longestTests } from "../../scripts/tests/longest-tests.mjs";
import { planTests } from "../../scripts/tests/test-plan.mjs";

const exhaustive = "exhaustive tests (set RECORDGATE_E2E=1, or name a folder)";

it("leaves exhaustive tests out of a run that names nothing, and says so", () => {
  const { vitestArguments, leftOut } = planTests([], {});
  expect(vitestArguments).toEqual(expect.arrayContaining(exhaustiveTests.map((file) => `--exclude=${file}`)));
  expect(leftOut).toContain(exhaustive);
});

it.each([
  ["continuous integration", planTests([], { CI: "true" })],
  ["a whole run", planTests([], { RECORDGATE_E2E: "1" })],
  ["a run of a folder", planTests(["test/remote"], {})],
])("has them in %s", (_name, { vitestArguments, leftOut }) => {
  expect(exhaustiveTests.filter((file) => vitestArguments.includes(`--exclude=${file}`))).toEqual([]);
  expect(leftOut).not.toContain(exhaustive);
});

it("names files that exist", () => {
  expect(longestTests.filter((file) => !existsSync(file))).toEqual([]);
});
