/** Texts of operations: most clients send few. */
const maxTexts = 256;
const maxTextLength = 8192;

/** @type {Map<string, Map<string, string>>} */
const recentOf = new Map();

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
      const recent = recentOf.get(algorithm) ?? new Map();
      const known = recent.get(text);
      if (known !== undefined) return known;
      const computed = process.getBuiltinModule("node:crypto").hash(algorithm, text, encoding);
      if (text.length > maxTextLength) return computed;
      recentOf.set(algorithm, recent.size < maxTexts ? recent : new Map());
      recentOf.get(algorithm)?.set(text, computed);
      return computed;
    },
  }),
});
