import { existsSync } from "node:fs";
import { exhaustiveTests } from "./longest-tests.mjs";
import { findChromium } from "./chromium.mjs";

const browserTests = "test/e2e/browser";
const postgresTests = "test/e2e/postgres";
const peerTests = "test/peers";
const linuxTests = "test/e2e/linux";
const nodeTests = "test/e2e/node-versions";

/**
 * Decides which tests run. End-to-end tests take minutes and need more than Node, exhaustive ones take minutes: they run
 * in continuous integration, with RECORDGATE_E2E=1, or when an argument names one. In continuous integration nothing may
 * be left out.
 * @param {readonly string[]} filters
 * @param {NodeJS.ProcessEnv} environment
 */
export function planTests(filters, environment) {
  const inContinuousIntegration = environment.CI === "true";
  const whole = inContinuousIntegration || environment.RECORDGATE_E2E === "1";
  const asked = filters.some((filter) => filter.includes("e2e"));
  const withEndToEnd = existsSync("test/e2e") && (whole || asked);
  const withExhaustive = whole || filters.length > 0;

  const absent = [];
  if (!environment.TEST_DATABASE_URL) {
    absent.push({ folder: postgresTests, reason: "tests against a PostgreSQL server (set TEST_DATABASE_URL)" });
  }
  if (existsSync(browserTests) && findChromium(environment) === undefined) {
    absent.push({ folder: browserTests, reason: "tests in a browser (install Chromium or set CHROMIUM_PATH)" });
  }
  if (existsSync(peerTests) && !existsSync(`${peerTests}/node_modules`)) {
    absent.push({ folder: peerTests, reason: "tests with published clients (npm ci --prefix test/peers)" });
  }
  if (existsSync(linuxTests) && !(process.platform === "linux" && process.getuid?.() === 0)) {
    absent.push({ folder: linuxTests, reason: "tests with small disks and two containers (run as root on Linux)" });
  }
  if (existsSync(nodeTests) && !existsSync(`${nodeTests}/node_modules`)) {
    absent.push({
      folder: nodeTests,
      reason: `starts on several versions of Node, on Linux (npm ci --prefix ${nodeTests})`,
    });
  }
  const reasons = absent.map(({ reason }) => reason);
  const notAsked = [
    ...(existsSync("test/e2e") && !withEndToEnd
      ? ["end-to-end tests, those with published clients among them (set RECORDGATE_E2E=1)"]
      : []),
    ...(withExhaustive ? [] : ["exhaustive tests (set RECORDGATE_E2E=1, or name a folder)"]),
  ];
  return {
    vitestArguments: [
      ...filters,
      ...(withExhaustive ? [] : exhaustiveTests.map((file) => `--exclude=${file}`)),
      ...(withEndToEnd ? absent.map(({ folder }) => `--exclude=${folder}/**`) : ["--project=unit"]),
    ],
    withProgram: withEndToEnd,
    leftOut: [...notAsked, ...reasons],
    missing: inContinuousIntegration ? reasons : [],
  };
}
