"use strict";

const { hash } = require("node:crypto");

/**
 * Stands in the bundle for `sha.js`, in whose place Node has its own functions. Apollo hashes every text as a whole.
 * @param {string} algorithm
 */
module.exports = (algorithm) => ({
  /** @param {string} text */
  update: (text) => ({
    /** @param {"hex"} encoding */
    digest: (encoding) => hash(algorithm, text, encoding),
  }),
});
