/**
 * Has `graphql` recognise its types by `instanceof` where it calls a function that does. Its own function looks for a
 * second copy of the package at every check that fails, unless NODE_ENV is `production`; the bundle holds one copy. One
 * operator for all classes is many times as slow as one for each.
 * @returns {import("vite").Plugin}
 */
export function ownInstanceof() {
  let count = 0;
  return {
    name: "own-instanceof",
    transform(code, id) {
      if (!/\/node_modules\/graphql\/.*\.mjs$/.test(id)) return undefined;
      return code.replaceAll(/\binstanceOf\((\w+), ([A-Z]\w+)\)/g, (_call, value, type) => {
        count += 1;
        return `${value} instanceof ${type}`;
      });
    },
    buildEnd(error) {
      if (error === undefined && count === 0) throw new Error("graphql no longer calls instanceOf");
    },
  };
}
