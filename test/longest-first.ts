import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, the longest first: one that starts last would be waited for by all other workers. A clean
 * clone has no times of an earlier run, and size says little.
 */
export const longestFiles: readonly string[] = [
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
  "test/remote/hostile-upstream.test.ts",
  "test/persistence/pglite/folder.test.ts",
  "test/authorization/rest.test.ts",
  "test/cases/shared.test.ts",
  "test/cases/differential/differential.test.ts",
  "test/demo/demo.test.ts",
  "test/conformance/written-numbers.test.ts",
  "test/vector/service/management-hostile.test.ts",
  "test/authorization/graphql.test.ts",
  "test/persistence/pglite/folder-lock.test.ts",
  "test/http/load/slow-clients.test.ts",
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = longestFiles.indexOf(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"));
      return place === -1 ? longestFiles.length : place;
    };
    return sorted.toSorted((left, right) => placeOf(left) - placeOf(right));
  }
}
