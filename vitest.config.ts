import { createRequire } from "node:module";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.js";
import { redirectToWatched } from "./test/scan/redirect.js";

// Packages load this copy of graphql themselves; tests must not be given the other one.
const graphql = createRequire(import.meta.url).resolve("graphql/index.js");

const shared = {
  environment: "node",
  // For a machine that has more to do; none of the tests is about time.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
} as const;

/**
 * When the unit tests are done: some need a copy of the repository, all start programs and wait for them. A fourth worker
 * uses that time.
 */
const afterUnit = { maxWorkers: 4, sequence: { groupOrder: 1 } } as const;

export default defineConfig({
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: graphql },
      // The examples import the package by its name; here that is its sources.
      { find: /^recordgate$/, replacement: resolve("src/index.ts") },
      { find: /^recordgate\/provider$/, replacement: resolve("src/provider.ts") },
    ],
  },
  test: {
    pool: "forks",
    // A third one uses the time in which tests wait.
    maxWorkers: 3,
    passWithNoTests: false,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        plugins: [redirectToWatched(import.meta.dirname)],
        // The files share nothing but what they load, and loading it anew for each would cost more than running them.
        test: {
          ...shared,
          name: "unit",
          isolate: false,
          setupFiles: ["test/scan/setup.ts"],
          // Not by `exclude`: the option of the command would not reach a project that has its own.
          include: ["test/**/*.test.ts", "examples/**/*.test.ts", "!test/{e2e,bench,peers}/**"],
        },
      },
      {
        extends: true,
        // Published clients, installed by test/peers/package.json.
        test: { ...shared, ...afterUnit, name: "peers", include: ["test/peers/*.test.ts"] },
      },
      {
        extends: true,
        test: { ...shared, ...afterUnit, name: "e2e", include: ["test/e2e/**/*.test.ts"] },
      },
    ],
  },
});
