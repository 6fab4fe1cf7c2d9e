import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { codeBlocks, readDocument } from "./documents.js";

const guide = "docs/adding-a-provider.md";
const fixture = "test/fixtures/sixth-provider";

/** A file of the fixture as it stands in a folder of `src/providers`. */
function readFixture(file: string): string {
  return readDocument(join(fixture, file)).replaceAll('"../../../src/', '"../../');
}

test("the guide shows every file of the sixth provider, as it is (vitest -u copies them)", async () => {
  const text = readDocument(guide);
  const shown = codeBlocks(text).flatMap(({ title }) => (title === "" ? [] : [title]));
  expect(shown.toSorted()).toEqual(readdirSync(fixture).toSorted());
  const current = text.replaceAll(/^```ts (\S+)\n.*?^```$/gms, (_block, file: string) => {
    return `\`\`\`ts ${file}\n${readFixture(file)}\`\`\``;
  });
  await expect(current).toMatchFileSnapshot(resolve(guide));
});
