import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * One hash over names and contents: a rename changes it, a new modification time does not. A path that does not exist
 * counts as empty.
 * @param {readonly string[]} paths files and folders, relative to the working folder
 * @param {readonly string[]} [leftOut] files and folders below them that do not count
 */
export function contentHash(paths, leftOut = []) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap((path) => filesBelow(path, leftOut))) {
    const content = readFileSync(file);
    hash.update(`${file.replaceAll("\\", "/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/**
 * Sorted, so that the order is the same on every platform.
 * @param {string} path
 * @param {readonly string[]} [leftOut]
 * @returns {string[]}
 */
export function filesBelow(path, leftOut = []) {
  if (!existsSync(path) || leftOut.some((other) => join(other) === join(path))) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name), leftOut));
}

/**
 * @param {string} stampFile
 * @param {string} hash
 */
export function isStamped(stampFile, hash) {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === hash;
}
