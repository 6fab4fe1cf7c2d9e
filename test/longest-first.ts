import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { longestTests } from "../scripts/tests/longest-tests.mjs";

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const placeOf = ({ moduleId }: TestSpecification): number => {
      const place = longestTests.indexOf(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"));
      return place === -1 ? longestTests.length : place;
    };
    return sorted.toSorted((left, right) => placeOf(left) - placeOf(right));
  }
}
