/**
 * Replaces the function of `graphql` in the bundle. Its own looks for a second copy of the package at every check that
 * fails, unless NODE_ENV is `production`; the bundle holds one copy.
 * @param {unknown} value
 * @param {new (...parameters: never[]) => unknown} constructor
 */
export const instanceOf = (value, constructor) => value instanceof constructor;
