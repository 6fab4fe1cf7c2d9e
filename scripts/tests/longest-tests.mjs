/**
 * Tests of the sources that try one kind of thing many times over, or wait for time-outs and killed processes. They take
 * as long as all others together.
 * @type {readonly string[]}
 */
export const exhaustiveTests = [
  "test/remote/hostile-upstream.test.ts",
  "test/remote/hostile-polls.test.ts",
  "test/remote/tasks.test.ts",
  "test/persistence/pglite/folder.test.ts",
  "test/persistence/pglite/folder-lock.test.ts",
  "test/cases/differential/differential.test.ts",
  "test/conformance/written-numbers.test.ts",
  "test/vector/service/management-hostile.test.ts",
  "test/demo/demo.test.ts",
  "test/http/load/slow-clients.test.ts",
];

/**
 * The files that take longest, the longest first: one that starts last would be waited for by all other workers. A clean
 * clone has no times of an earlier run, and size says little.
 * @type {readonly string[]}
 */
export const longestTests = [
  "test/e2e/sixth-provider.test.ts",
  "test/e2e/postgres/fuzz.test.ts",
  "test/e2e/browser/graphiql.test.ts",
  "test/e2e/keys.test.ts",
  "test/peers/bench.test.ts",
  "test/e2e/package.test.ts",
  "test/e2e/start.test.ts",
  "test/e2e/linux/full-disk.test.ts",
  "test/e2e/kill.test.ts",
  "test/e2e/postgres/large-batches.test.ts",
  "test/e2e/linux/kill.test.ts",
  "test/e2e/postgres/kill.test.ts",
  "test/e2e/browser/other-origin.test.ts",
  "test/e2e/node-versions/remote.test.ts",
  "test/e2e/starve.test.ts",
  ...exhaustiveTests,
  "test/authorization/rest.test.ts",
  "test/cases/shared.test.ts",
  "test/authorization/graphql.test.ts",
];
