import { existsSync } from "node:fs";
import { checksToRun } from "./checks.mjs";
import { ensureClient } from "../build/generated-client.mjs";
import { runNode } from "../run-program.mjs";

const atATime = 2;

/**
 * @param {import("./checks.mjs").Check} check
 * @returns {Promise<boolean>} whether it passed
 */
async function runCheck({ name, run, needs }) {
  if (needs !== undefined && !existsSync(needs)) {
    console.log(`FAILED  ${name}: ${needs} is missing`);
    return false;
  }
  const startedAt = performance.now();
  const { exitCode, output } = await runNode(run, { quiet: true });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? "ok    " : "FAILED"}  ${name} (${seconds} s)`);
  if (exitCode !== 0) console.log(output.trimEnd().replaceAll(/^/gm, "        "));
  return exitCode === 0;
}

/**
 * `npm run check -- --changed PATH…`
 * @param {readonly string[]} words
 */
function readChanged([option, ...paths]) {
  if (option === undefined) return [];
  const absent = paths.find((path) => !existsSync(path));
  if (option === "--changed" && paths.length > 0 && absent === undefined) return paths;
  const problem = option === "--changed" && absent !== undefined ? `${absent} does not exist` : "unknown words";
  console.error(`check: ${problem}; usage: npm run check [-- --changed PATH…]`);
  process.exit(1);
}

/** @param {import("./checks.mjs").Check[]} waiting */
async function runInTurn(waiting) {
  let failed = 0;
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    if (!(await runCheck(check))) failed += 1;
  }
  return failed;
}

if ((await ensureClient()) !== 0) {
  console.log("FAILED  Prisma client: not generated");
  process.exit(1);
}
const waiting = checksToRun(readChanged(process.argv.slice(2)));
const total = waiting.length;
const failures = await Promise.all(Array.from({ length: atATime }, () => runInTurn(waiting)));
const failed = failures.reduce((sum, count) => sum + count, 0);
console.log(`${total - failed} checks passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
