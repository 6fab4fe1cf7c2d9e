import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The script of an installed command, for Node itself: without a shell, so it works alike on every platform.
 * @param {string} packageName
 * @param {string} [command]
 */
export function programOf(packageName, command = packageName) {
  const folder = join(import.meta.dirname, "..", "node_modules", packageName);
  const { bin } = /** @type {{ bin: string | Record<string, string | undefined> }} */ (
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
  );
  const script = typeof bin === "string" ? bin : bin[command];
  if (script === undefined) throw new Error(`${packageName} has no command ${command}`);
  return join(folder, script);
}

/**
 * The compiler for a project. It is the one in machine code, which takes a fifth of the time of `typescript`, whose
 * functions other tools call. It shares the processors with the programs beside it.
 * @param {string} project
 */
export function compilerFor(project) {
  return [programOf("typescript-7", "tsc"), "-p", project, "--checkers", "1"];
}

/**
 * Runs a Node script to its end. `quiet` keeps its output in the result instead of showing it.
 * @param {readonly string[]} scriptAndArguments
 * @param {{ quiet?: boolean, environment?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ exitCode: number, output: string }>}
 */
export function runNode(scriptAndArguments, { quiet = false, environment = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...scriptAndArguments], {
      stdio: ["inherit", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      env: { ...process.env, ...environment },
    });
    /** @type {Buffer[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    }
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ exitCode: code ?? 1, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
