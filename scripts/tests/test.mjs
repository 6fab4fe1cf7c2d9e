import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, isBuilt } from "../build/built-program.mjs";
import { ensureClient } from "../build/generated-client.mjs";
import { programOf, runNode } from "../run-program.mjs";
import { planTests } from "./test-plan.mjs";
import { readTestCounts } from "./test-counts.mjs";

const { vitestArguments, withProgram, leftOut, missing } = planTests(process.argv.slice(2), process.env);
if (missing.length > 0) {
  for (const part of missing) console.error(`missing: ${part}`);
  console.log("0 passed, 1 failed");
  process.exit(1);
}

const prepared = withProgram && !isBuilt() ? await build() : await ensureClient();
if (prepared !== 0) {
  console.log("0 passed, 1 failed");
  process.exit(prepared);
}

const folder = mkdtempSync(join(tmpdir(), "recordgate-test-"));
const report = join(folder, "report.json");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
try {
  const { exitCode } = await runNode([programOf("vitest"), "run", ...vitestArguments, ...reporters]);
  const { passed, failed, skipped } = readTestCounts(report, exitCode);
  for (const part of leftOut) console.log(`left out: ${part}`);
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = exitCode;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
