import { readFileSync, realpathSync } from "node:fs";
import { pathToFileURL } from "node:url";

// The build also needs this version of Node; the program itself checks again.
const { engines } = /** @type {{ engines: { node: string } }} */ (JSON.parse(readFileSync("package.json", "utf8")));
const needed = engines.node.replace(">=", "");
if (process.versions.node.localeCompare(needed, "en", { numeric: true }) < 0) {
  console.error(`Recordgate needs Node.js ${needed} or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const { build, isBuilt } = await import("./build/built-program.mjs");
if (!isBuilt()) {
  const { ensureClient } = await import("./build/generated-client.mjs");
  const exitCode =
    (await step("Generating the database client", ensureClient)) ||
    (await step("Building the program, the page and the empty database", build));
  if (exitCode !== 0) process.exit(exitCode);
}
// Runs in this process: signals, the terminal and the exit code belong to the program.
const program = realpathSync("dist/main.js");
process.argv[1] = program;
await import(pathToFileURL(program).href);

/**
 * On a terminal, shows the text with the elapsed seconds until the step ends.
 * @param {string} text
 * @param {() => Promise<number>} run
 */
async function step(text, run) {
  if (!process.stdout.isTTY) {
    console.log(`${text}…`);
    return run();
  }
  const startedAt = Date.now();
  const paint = () => process.stdout.write(`\r${text}… ${Math.round((Date.now() - startedAt) / 1000)} s`);
  paint();
  const timer = setInterval(paint, 1000);
  try {
    return await run();
  } finally {
    clearInterval(timer);
    process.stdout.write("\n");
  }
}
