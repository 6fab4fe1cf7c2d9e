import { existsSync } from "node:fs";
import { relative, sep } from "node:path";
import { compilerFor, programOf } from "../run-program.mjs";

/**
 * A check is a Node script with arguments; `needs` is a file that it requires, `judges` the files and folders that its
 * result depends on where it is not all of them. Two checks run at a time, so the slow ones come first.
 * @typedef {{
 *   readonly name: string,
 *   readonly run: readonly string[],
 *   readonly needs?: string,
 *   readonly judges?: readonly string[],
 * }} Check
 */

const tsx = programOf("tsx");

/**
 * @param {readonly string[]} judged what lint and format look at
 * @returns {readonly Check[]}
 */
const allChecks = (judged) => [
  { name: "lint with types", run: ["scripts/checks/typed-lint.mjs", ...judged] },
  { name: "lint", run: [programOf("eslint"), ...judged] },
  { name: "types", run: compilerFor("tsconfig.json") },
  {
    name: "types of the page",
    run: compilerFor("src/playground/tsconfig.json"),
    judges: ["src/playground", "tsconfig.json", "package-lock.json"],
  },
  {
    name: "migrations are the schema",
    run: [tsx, "scripts/migration.ts", "--check"],
    needs: "scripts/migration.ts",
    judges: ["prisma", "scripts", "src/persistence", "package-lock.json"],
  },
  { name: "emitted schema is current", run: ["scripts/checks/schema-drift.mjs"], needs: "scripts/emit-schema.ts" },
  {
    name: "import boundaries",
    run: [programOf("dependency-cruiser", "depcruise"), "--config", ".dependency-cruiser.js", ...sourceFolders()],
  },
  { name: "format", run: [programOf("prettier"), "--check", "--log-level", "warn", ...judged] },
  { name: "names declared twice", run: ["scripts/checks/repeated-names.mjs"] },
  { name: "licences and install scripts", run: ["scripts/checks/production-packages.mjs"] },
  { name: "unused code", run: [programOf("knip"), "--no-progress"] },
  // It makes an error for each of a million texts that it has not seen before: traces take a sixth of its time.
  { name: "duplicates", run: ["--stack-trace-limit=0", programOf("jscpd"), "--config", ".jscpd.json"] },
];

/**
 * Leaves out checks of an application that does not exist yet.
 * @param {readonly string[]} changed the files and folders that lint and format look at, which judge each file by
 * itself and take most of the time; checks that judge other files only are left out; none: all
 */
export function checksToRun(changed) {
  const complete = existsSync("src/app.ts");
  return allChecks(changed.length > 0 ? changed : ["."])
    .filter(({ needs }) => complete || needs === undefined || existsSync(needs))
    .filter(({ judges = ["."] }) => changed.length === 0 || changed.some((path) => overlapsAny(path, judges)));
}

/**
 * @param {string} path
 * @param {readonly string[]} others
 */
function overlapsAny(path, others) {
  return others.some((other) => isWithin(path, other) || isWithin(other, path));
}

/**
 * @param {string} path
 * @param {string} folder
 */
function isWithin(path, folder) {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`);
}

function sourceFolders() {
  return ["src", "test", "scripts", "eslint"].filter((folder) => existsSync(folder));
}
