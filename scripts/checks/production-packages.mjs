import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { isPermissive } from "./permissive-licences.mjs";

/**
 * An entry of package-lock.json.
 * @typedef {{
 *   readonly version?: string,
 *   readonly license?: string,
 *   readonly hasInstallScript?: boolean,
 *   readonly dependencies?: Readonly<Record<string, string>>,
 *   readonly optionalDependencies?: Readonly<Record<string, string>>,
 *   readonly peerDependencies?: Readonly<Record<string, string>>,
 *   readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>,
 * }} LockedPackage
 * @typedef {Readonly<Record<string, LockedPackage>>} LockedPackages by their path
 * @typedef {{ readonly name: string, readonly version: string, readonly licence: string, readonly use: string }} ProductionPackage
 */

const folderOfPackages = "node_modules/";

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf(folderOfPackages) + folderOfPackages.length);
}

/**
 * The path of the package that a package at `from` loads by that name, as Node resolves it.
 * @param {LockedPackages} locked
 * @param {{ readonly from: string, readonly name: string }} wanted
 */
function resolvePackage(locked, { from, name }) {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf(`/${folderOfPackages}`)))) {
    const path = `${place === "" ? "" : `${place}/`}${folderOfPackages}${name}`;
    if (path in locked) return path;
    if (place === "") return undefined;
  }
}

/** @param {LockedPackage} entry */
function neededBy({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies ?? {}).filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers];
}

/**
 * The packages with everything that they need.
 * @param {LockedPackages} locked
 * @param {readonly string[]} names
 */
function closureOf(locked, names) {
  /** @type {Set<string>} */
  const paths = new Set();
  const waiting = names.map((name) => ({ from: "", name }));
  for (let wanted = waiting.pop(); wanted !== undefined; wanted = waiting.pop()) {
    const path = resolvePackage(locked, wanted);
    if (path === undefined || paths.has(path)) continue;
    paths.add(path);
    waiting.push(...neededBy(locked[path] ?? {}).map((name) => ({ from: path, name })));
  }
  return paths;
}

/**
 * The packages that users of the program get: those that npm installs with it, and those that the build may bundle.
 * @param {LockedPackages} locked
 * @param {{ readonly installed: readonly string[], readonly bundled: readonly string[] }} roots
 * @returns {readonly ProductionPackage[]}
 */
export function listProductionPackages(locked, { installed, bundled }) {
  const installedPaths = closureOf(locked, installed);
  const all = new Set([...installedPaths, ...closureOf(locked, bundled)]);
  return [...all].sort().map((path) => {
    const { version = "?", license: licence = "none" } = locked[path] ?? {};
    return { name: nameOf(path), version, licence, use: installedPaths.has(path) ? "installed" : "bundled" };
  });
}

/**
 * @param {LockedPackages} locked
 * @param {{ readonly production: readonly ProductionPackage[], readonly allowedScripts: readonly string[] }} options
 * @returns {readonly string[]}
 */
export function findPackageProblems(locked, { production, allowedScripts }) {
  const scripts = Object.entries(locked)
    .filter(([path, { hasInstallScript }]) => hasInstallScript === true && !allowedScripts.includes(nameOf(path)))
    .map(([path]) => `${nameOf(path)} has an install script: read it, then add it to allowScripts in package.json`);
  const licences = production
    .filter(({ licence }) => !isPermissive(licence))
    .map(({ name, version, licence }) => `${name} ${version} has the licence ${licence}, which is not permissive`);
  return [...scripts, ...licences];
}

/**
 * The names of the packages that sources below the folder import, also for their types.
 * @param {string} folder
 */
function importedPackages(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const sources = files.filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name));
  const specifiers = sources.flatMap(({ parentPath, name }) =>
    ts.preProcessFile(readFileSync(join(parentPath, name), "utf8")).importedFiles.map(({ fileName }) => fileName),
  );
  const packages = specifiers.filter((specifier) => /^[@a-z]/.test(specifier) && !specifier.startsWith("node:"));
  return [...new Set(packages.map((specifier) => specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/")))];
}

/** @param {readonly ProductionPackage[]} packages */
function toTable(packages) {
  const columns = /** @type {const} */ (["name", "version", "licence", "use"]);
  const widths = columns.map((column) => Math.max(...packages.map((each) => each[column].length)));
  return packages.map((each) =>
    columns
      .map((column, index) => each[column].padEnd(widths[index] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** @returns {readonly ProductionPackage[]} */
export function readProductionPackages() {
  const { locked, manifest } = readManifests();
  return listProductionPackages(locked, {
    installed: Object.keys(manifest.dependencies),
    bundled: importedPackages("src"),
  });
}

function readManifests() {
  /** @param {string} file */
  const read = (file) => /** @type {unknown} */ (JSON.parse(readFileSync(file, "utf8")));
  const { packages: locked } = /** @type {{ readonly packages: LockedPackages }} */ (read("package-lock.json"));
  const manifest =
    /** @type {{ readonly dependencies: Readonly<Record<string, string>>, readonly allowScripts: Readonly<Record<string, boolean>> }} */ (
      read("package.json")
    );
  return { locked, manifest };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { locked, manifest } = readManifests();
  const production = readProductionPackages();
  const problems = findPackageProblems(locked, { production, allowedScripts: Object.keys(manifest.allowScripts) });
  console.log([...toTable(production), `${production.length} production packages`, ...problems].join("\n"));
  process.exitCode = problems.length === 0 ? 0 : 1;
}
