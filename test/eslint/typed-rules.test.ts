import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import tseslint from "typescript-eslint";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { lintWithTypes } from "../../scripts/checks/typed-lint.mjs";
import { programOf, runNode } from "../../scripts/run-program.mjs";
import { violatedRules, violatingModules } from "./typed-violations.js";

/** Rules of the strict set that oxlint refuses to be configured with. */
const unknownToOxlint = ["no-unsafe-class-instance-assignment"];

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "typed-lint-")));
  const project = { extends: resolve("tsconfig.json"), compilerOptions: { types: [], paths: {} }, include: ["."] };
  const options = { "tsconfig.json": JSON.stringify({ ...project, exclude: [] }) };
  await write({ ...options, ...violatingModules });
});
afterAll(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
}

async function oxlint(...words: readonly string[]): Promise<unknown> {
  const { output } = await runNode([programOf("oxlint"), ...words], { quiet: true });
  return JSON.parse(output);
}

const diagnosticsOf = z.object({
  diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string(), message: z.string() })),
});
const configurationOf = z.object({ rules: z.record(z.string(), z.unknown()) });

it("finds a violation of each rule", async () => {
  const { diagnostics } = diagnosticsOf.parse(await oxlint("-f", "json", "-c", ".oxlintrc.jsonc", folder));
  const found = diagnostics.filter(({ code, filename }) => code === `typescript(${basename(filename, ".ts")})`);
  const names = new Set(found.map(({ filename }) => basename(filename, ".ts")));
  expect([...names].sort()).toEqual(violatedRules);
});

it("has all rules of the strict set that need types, except those whose reason stands beside them", async () => {
  const { rules } = configurationOf.parse(await oxlint("--print-config"));
  const prefix = "@typescript-eslint/";
  const strict = tseslint.configs.strictTypeCheckedOnly.flatMap((config) => Object.entries(config.rules ?? {}));
  const typed = strict.filter(([name, level]) => name.startsWith(prefix) && level !== "off");
  const names = typed.map(([name]) => name.slice(prefix.length));
  const configured = Object.keys(rules).map((name) => name.replace("typescript/", ""));
  expect([...configured, ...unknownToOxlint].sort()).toEqual([...names, "switch-exhaustiveness-check"].sort());
  const denied = configured.filter((name) => rules[`typescript/${name}`] !== "allow");
  expect(denied.sort()).toEqual(violatedRules);
});

it("refuses a file that belongs to no project", async () => {
  const outside = join(folder, "outside");
  await mkdir(outside);
  await writeFile(join(outside, "stray.mjs"), "export const stray = 1;\n");
  expect(await lintWithTypes([outside])).toEqual([
    expect.stringContaining("stray.mjs belongs to none of tsconfig.json"),
  ]);
});

it("finds a comment that switches nothing off", async () => {
  await write({ "unused.ts": "// oxlint-disable-next-line typescript/await-thenable -- none\nexport const a = 1;\n" });
  const { diagnostics } = diagnosticsOf.parse(
    await oxlint("-f", "json", "-c", ".oxlintrc.jsonc", join(folder, "unused.ts")),
  );
  expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining("Unused")]);
});
