import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { longestFiles } from "./longest-first.js";

test("the files that start first exist", () => {
  expect(longestFiles.filter((file) => !existsSync(file))).toEqual([]);
});
