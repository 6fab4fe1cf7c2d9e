// JavaScript, not TypeScript: scripts/start.mjs reads it before anything is compiled.

/**
 * One line when the running Node is older than the package needs.
 * @param {{ readonly engines: { readonly node: string } }} manifest with `>=` and a version, such as `>=20.19.0`
 * @param {string} running version such as 20.19.0
 * @returns {string | undefined}
 */
export function describeOldNode({ engines }, running) {
  const needed = engines.node.replace(/^>=\s*/, "");
  return isOlder(running, needed) ? `Recordgate needs Node.js ${needed} or newer; this is ${running}.` : undefined;
}

/**
 * @param {string} version
 * @param {string} needed
 */
function isOlder(version, needed) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [neededMajor = 0, neededMinor = 0] = needed.split(".").map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}
