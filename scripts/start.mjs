import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describeOldNode } from "../src/host/node-version.mjs";
import { createProgressLine } from "../src/host/progress-line.mjs";

// The build also needs this version of Node; the program itself checks again.
const manifest = /** @type {{ engines: { node: string } }} */ (JSON.parse(readFileSync("package.json", "utf8")));
const oldNode = describeOldNode(manifest, process.versions.node);
if (oldNode !== undefined) {
  console.error(oldNode);
  process.exit(1);
}

const { build, isBuilt } = await import("./build/built-program.mjs");
if (!isBuilt()) {
  const { ensureClient } = await import("./build/generated-client.mjs");
  await step("Generating the database client", ensureClient);
  await step("Building the program, the page and the empty database", build);
}
// Runs in this process: signals, the terminal and the exit code belong to the program.
const program = realpathSync("dist/main.js");
process.argv[1] = program;
await import(pathToFileURL(program).href);

/**
 * @param {string} text
 * @param {() => Promise<number>} run returns an exit code; another one than 0 ends the process
 */
async function step(text, run) {
  if (!process.stdout.isTTY) console.log(`${text}…`);
  const progress = createProgressLine(process.stdout);
  progress.show(text);
  const exitCode = await run().finally(progress.clear);
  if (exitCode !== 0) process.exit(exitCode);
}
