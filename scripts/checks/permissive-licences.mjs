/** SPDX identifiers of licences that ask for no more than their own text and a notice. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/**
 * Whether an SPDX expression leaves a permissive choice: all parts of AND, one of OR, which binds weaker. Any other
 * text is not one.
 * @param {string} expression
 */
export function isPermissive(expression) {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  const isKeyword = (/** @type {string | undefined} */ token, /** @type {string} */ word) =>
    token?.toUpperCase() === word;

  /** @returns {boolean} */
  function readChoice() {
    let result = readAll();
    while (isKeyword(tokens[0], "OR")) {
      tokens.shift();
      result = readAll() || result;
    }
    return result;
  }

  function readAll() {
    let result = readOne();
    while (isKeyword(tokens[0], "AND")) {
      tokens.shift();
      result = readOne() && result;
    }
    return result;
  }

  function readOne() {
    const token = tokens.shift();
    if (token !== "(") return permissive.has(token ?? "");
    const result = readChoice();
    return tokens.shift() === ")" && result;
  }

  return readChoice() && tokens.length === 0;
}
