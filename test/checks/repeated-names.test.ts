import { expect, it } from "vitest";
import { findRepeatedNames } from "../../scripts/checks/repeated-names.mjs";

function repeatedIn(...texts: readonly string[]): readonly string[] {
  const files = texts.map((text, index) => ({ path: `${index}.ts`, text }));
  return findRepeatedNames(files).map(({ name, paths }) => `${name} ${paths.join(" ")}`);
}

it.each([
  ["function toText() {}", "export function toText() {}"],
  ["const toText = 1;", "export class toText {}"],
  ["type toText = 1;", "interface toText {}"],
  ["const { made: toText } = { made: 1 };", "const [, toText] = [1, 2];"],
])("finds a name that two files declare: %s and %s", (one, other) => {
  expect(repeatedIn(one, "const between = 1;", other)).toEqual(["toText 0.ts 2.ts"]);
});

it.each([
  ["a type and a value of one file", "const kinds = 1; type kinds = 1;", "const other = 1;"],
  ["overloads", "function read(a: 1): 1; function read(a: 2): 2; function read(a: number) { return a; }", ""],
  [
    "names within a function",
    "function one() { const text = 1; return text; }",
    "function two() { const text = 2; return text; }",
  ],
  ["imports and re-exports", "export const text = 1;", "import { text } from './0.js'; export { text };"],
  [
    "a name that is imported when it is needed",
    "export function serve() {}",
    "const { serve } = await import('./0.js');",
  ],
  ["declared modules", "declare module 'x' { export const text: 1; }", "declare module 'x' { export const text: 1; }"],
])("leaves alone %s", (_what, one, other) => {
  expect(repeatedIn(one, other)).toEqual([]);
});
