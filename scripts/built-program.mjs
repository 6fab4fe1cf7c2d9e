import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { contentHash, filesBelow, isStamped } from "./content-hash.mjs";

const stampFile = "dist/.stamp";
const generatedFolder = "src/persistence/generated";
const sources = ["src", "prisma/schema.prisma", "prisma/prisma.config.ts", "tsconfig.json", "tsconfig.build.json", "package-lock.json"];

export function isBuilt() {
  return isStamped(stampFile, contentHash(sources, [generatedFolder]));
}

/** Compiles src into dist and answers the exit code. The stamp comes last: an interrupted build counts as none. */
export async function build() {
  const { ensureClient } = await import("./generated-client.mjs");
  const { programOf, runNode } = await import("./run-program.mjs");
  const hash = contentHash(sources, [generatedFolder]);
  const generated = await ensureClient();
  if (generated !== 0) return generated;
  rmSync("dist", { recursive: true, force: true });
  const compiled = await runNode([programOf("typescript", "tsc"), "-p", "tsconfig.build.json"], { quiet: true });
  if (compiled.exitCode !== 0) {
    process.stderr.write(compiled.output);
    return compiled.exitCode;
  }
  copyAssets();
  writeFileSync(stampFile, hash);
  return 0;
}

/** What is not TypeScript (pages, styles) stands beside the code that reads it. */
function copyAssets() {
  for (const file of filesBelow("src", [generatedFolder]).filter((name) => !/\.tsx?$/.test(name))) {
    const target = join("dist", relative("src", file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}
