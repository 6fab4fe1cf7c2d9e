import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { compilerFor, programOf, runNode } from "../run-program.mjs";

const projects = ["tsconfig.json", "src/playground/tsconfig.json"];

/**
 * The lint rules that need types. A file of no project would be judged by types that its compiler does not see.
 * @param {readonly string[]} judged files and folders
 */
export async function lintWithTypes(judged) {
  const [findings, files, typed] = await Promise.all([
    runNode([programOf("oxlint"), ...judged], { quiet: true }),
    listLines([programOf("oxlint"), "--debug=files", ...judged]),
    Promise.all(projects.map((project) => listLines([...compilerFor(project), "--listFilesOnly"]))),
  ]);
  const known = new Set(typed.flat().map((file) => relative(".", file)));
  const problems = files
    .filter((file) => !known.has(relative(".", file)))
    .map((file) => `${file} belongs to none of ${projects.join(", ")}`);
  if (findings.exitCode !== 0) problems.push(findings.output);
  return problems;
}

/** @param {readonly string[]} command */
async function listLines(command) {
  const { exitCode, output } = await runNode(command, { quiet: true });
  if (exitCode !== 0) throw new Error(output);
  return output.split("\n").filter((line) => line !== "");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const problems = await lintWithTypes(process.argv.slice(2));
  if (problems.length > 0) console.log(problems.join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
