/**
 * Replaces `sha.js` in the bundle, where Apollo does not find Node's own hashes and would compute one a request in
 * JavaScript.
 * @param {string} algorithm
 */
module.exports = (algorithm) => process.getBuiltinModule("node:crypto").createHash(algorithm);
