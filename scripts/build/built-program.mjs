import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentHash, isStamped } from "./content-hash.mjs";

const generatedFolder = "src/persistence/generated";
const pageSource = "src/playground";
const pageFolder = "dist/playground";
const templateFolder = "dist/template";

/**
 * @typedef {{ readonly stampFile: string, readonly sources: readonly string[], readonly leftOut?: readonly string[] }}
 * Part
 */

/** @type {Part} */
const program = {
  stampFile: "dist/.stamp",
  sources: [
    "src",
    "prisma/schema.prisma",
    "prisma/prisma.config.ts",
    "tsconfig.json",
    "tsconfig.build.json",
    "scripts/build",
    "package-lock.json",
  ],
  leftOut: [generatedFolder, pageSource],
};

/**
 * The GraphiQL page has a stamp of its own: a change of the program does not bundle it again.
 * @type {Part}
 */
const page = {
  stampFile: `${pageFolder}/.stamp`,
  sources: [pageSource, "scripts/build/build-page.mjs", "package-lock.json"],
};

/**
 * The template of new embedded databases; the program that was just built makes it.
 * @type {Part}
 */
const template = {
  stampFile: `${templateFolder}/.stamp`,
  sources: ["prisma/migrations", "src/persistence", "scripts/build/build-template.mjs", "package-lock.json"],
  leftOut: [generatedFolder],
};

/** @param {Part} part */
function hashOf({ sources, leftOut }) {
  return contentHash(sources, leftOut);
}

/** @param {Part} part */
function isCurrent(part) {
  return isStamped(part.stampFile, hashOf(part));
}

export function isBuilt() {
  return isCurrent(program) && isCurrent(page) && isCurrent(template);
}

/** Builds the parts of dist that are not current and answers the exit code. */
export async function build() {
  const { ensureClient } = await import("./generated-client.mjs");
  const generated = await ensureClient();
  if (generated !== 0) return generated;
  const exitCodes = await Promise.all([
    buildProgram(),
    isCurrent(page) ? 0 : buildPart(page, () => runQuietly(["scripts/build/build-page.mjs"])),
  ]);
  return Math.max(...exitCodes);
}

async function buildProgram() {
  const exitCode = isCurrent(program) ? 0 : await buildPart(program, compileProgram);
  if (exitCode !== 0 || isCurrent(template)) return exitCode;
  return buildPart(template, () => runQuietly(["scripts/build/build-template.mjs"]));
}

/**
 * Writes the stamp last, so that an interrupted build runs again.
 * @param {Part} part
 * @param {() => Promise<number>} run
 */
async function buildPart(part, run) {
  const hash = hashOf(part);
  rmSync(part.stampFile, { force: true });
  const exitCode = await run();
  if (exitCode === 0) writeFileSync(part.stampFile, hash);
  return exitCode;
}

async function compileProgram() {
  const { compilerFor } = await import("../run-program.mjs");
  removeOldProgram();
  const exitCode = await runQuietly(compilerFor("tsconfig.build.json"));
  return exitCode === 0 ? runQuietly(["scripts/build/build-bundle.mjs"]) : exitCode;
}

/**
 * Prints the output of the command only when it fails.
 * @param {readonly string[]} command
 */
async function runQuietly(command) {
  const { runNode } = await import("../run-program.mjs");
  const { exitCode, output } = await runNode(command, { quiet: true });
  if (exitCode !== 0) process.stderr.write(output);
  return exitCode;
}

/** Deletes the previous build, so that no file without a source is left. */
function removeOldProgram() {
  for (const name of existsSync("dist") ? readdirSync("dist") : []) {
    const path = join("dist", name);
    if (path !== join(pageFolder) && path !== join(templateFolder)) rmSync(path, { recursive: true, force: true });
  }
}
