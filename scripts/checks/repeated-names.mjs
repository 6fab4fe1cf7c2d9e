import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";

/**
 * The names that a file declares at its top level: functions, classes, types and variables, exported or not.
 * @param {string} path
 * @param {string} text
 * @returns {string[]}
 */
function topLevelNames(path, text) {
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap((declaration) =>
        isImport(declaration) ? [] : namesIn(declaration.name),
      );
    }
    if (ts.isModuleDeclaration(statement)) return [];
    return "name" in statement && statement.name !== undefined
      ? namesIn(/** @type {ts.Identifier} */ (statement.name))
      : [];
  });
}

/** @param {ts.VariableDeclaration} declaration as in `const { x } = await import("./x.js")` */
function isImport({ initializer }) {
  return (
    initializer !== undefined &&
    ts.isAwaitExpression(initializer) &&
    ts.isCallExpression(initializer.expression) &&
    initializer.expression.expression.kind === ts.SyntaxKind.ImportKeyword
  );
}

/**
 * @param {ts.BindingName} name
 * @returns {string[]}
 */
function namesIn(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}

/**
 * The top-level names that several of the files declare: a search for such a name finds several things.
 * @param {readonly { readonly path: string, readonly text: string }[]} files
 * @returns {{ readonly name: string, readonly paths: readonly string[] }[]}
 */
export function findRepeatedNames(files) {
  /** @type {Map<string, Set<string>>} */
  const pathsByName = new Map();
  for (const { path, text } of files) {
    for (const name of topLevelNames(path, text)) pathsByName.set(name, (pathsByName.get(name) ?? new Set()).add(path));
  }
  return [...pathsByName].flatMap(([name, paths]) => (paths.size > 1 ? [{ name, paths: [...paths] }] : []));
}

/**
 * Every source file of a folder except generated ones.
 * @param {string} folder
 */
function readSources(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.flatMap((entry) =>
    entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name) ? [join(entry.parentPath, entry.name)] : [],
  );
  const written = paths.map((path) => relative(".", path)).filter((path) => !/[\\/]generated[\\/]/.test(path));
  return written.map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const repeated = findRepeatedNames(readSources("src"));
  for (const { name, paths } of repeated) console.log(`${name} is declared in ${paths.join(", ")}`);
  process.exitCode = repeated.length === 0 ? 0 : 1;
}
