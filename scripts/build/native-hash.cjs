/**
 * Stands in the bundle for `sha.js`: Apollo does not find Node's own hashes there, and would compute one a request in
 * JavaScript. It hashes every text as a whole.
 * @param {string} algorithm
 */
module.exports = (algorithm) => ({
  /** @param {string} text */
  update: (text) => ({
    /** @param {"hex"} encoding */
    digest: (encoding) => process.getBuiltinModule("node:crypto").hash(algorithm, text, encoding),
  }),
});
