import { existsSync, readFileSync } from "node:fs";

/**
 * Counts the results of the test runner. A file that failed to load counts as one failure, and so does a run that
 * failed without a failed test.
 * @param {string} reportFile
 * @param {number} exitCode
 */
export function readTestCounts(reportFile, exitCode) {
  if (!existsSync(reportFile)) return { passed: 0, failed: 1, skipped: 0 };
  const report =
    /** @type {{ testResults: { status: string, assertionResults: { status: string }[] }[] }} */
    (JSON.parse(readFileSync(reportFile, "utf8")));
  const statuses = report.testResults.flatMap(({ status, assertionResults }) => {
    const own = assertionResults.map((result) => result.status);
    return status === "failed" && !own.includes("failed") ? [...own, "failed"] : own;
  });
  const passed = statuses.filter((status) => status === "passed").length;
  const failed = statuses.filter((status) => status === "failed").length;
  return {
    passed,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: statuses.length - passed - failed,
  };
}
