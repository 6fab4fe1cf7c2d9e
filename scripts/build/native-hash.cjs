/** Texts of operations: most clients send few. */
const maxTexts = 256;
const maxTextLength = 8192;

/** The hashes of recent texts, by algorithm and text. @type {Map<string, Map<string, string>>} */
const recentOf = new Map();

/** @param {string} algorithm */
function startRecent(algorithm) {
  /** @type {Map<string, string>} */
  const recent = new Map();
  recentOf.set(algorithm, recent);
  return recent;
}

/**
 * Stands in the bundle for `sha.js`: Apollo does not find Node's own hashes there, and would compute one a request in
 * JavaScript. It hashes every text as a whole, and the hashes of recent texts are remembered.
 * @param {string} algorithm
 */
module.exports = (algorithm) => ({
  /** @param {string} text */
  update: (text) => ({
    /** @param {"hex"} encoding */
    digest: (encoding) => {
      let recent = recentOf.get(algorithm);
      if (recent === undefined || recent.size === maxTexts) recent = startRecent(algorithm);
      const known = recent.get(text);
      if (known !== undefined) return known;
      const computed = process.getBuiltinModule("node:crypto").hash(algorithm, text, encoding);
      if (text.length <= maxTextLength) recent.set(text, computed);
      return computed;
    },
  }),
});
