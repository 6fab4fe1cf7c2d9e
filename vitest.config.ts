import { createRequire } from "node:module";
import { defineConfig } from "vitest/config";

// Packages load this copy of graphql themselves; tests must not be given the other one.
const graphql = createRequire(import.meta.url).resolve("graphql/index.js");

const shared = {
  environment: "node",
  testTimeout: 30_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    pool: "forks",
    maxWorkers: 2,
    passWithNoTests: false,
    projects: [
      {
        extends: true,
        test: { ...shared, name: "unit", include: ["test/**/*.test.ts"], exclude: ["test/e2e/**", "test/bench/**", "test/peers/**"] },
      },
      {
        extends: true,
        // Published clients, installed by test/peers/package.json.
        test: { ...shared, name: "peers", include: ["test/peers/*.test.ts"], testTimeout: 60_000 },
      },
      {
        extends: true,
        // One file after the other, when all else is done: some of them measure.
        test: {
          ...shared,
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
