/**
 * @typedef {object} Rewrite
 * @property {RegExp} of The files.
 * @property {RegExp} find With the flag `g`.
 * @property {string} by
 * @property {string} [before] At the beginning of the file.
 */

const noMembers = "const noMembers = Object.freeze(Object.create(null));\n";

const apolloServer = /\/node_modules\/@apollo\/server\/dist\/esm\/ApolloServer\.js$/;

const requestPipeline = /\/node_modules\/@apollo\/server\/dist\/esm\/requestPipeline\.js$/;

const integration = /\/node_modules\/@as-integrations\/fastify\/build\/esm\/fastify-request-to-graphql-request\.js$/;

/** Places of packages that every request passes, in a form that takes less time. @type {Record<string, Rewrite>} */
const rewrites = {
  /**
   * Its own function looks for a second copy of the package at every check that fails, unless NODE_ENV is `production`;
   * the bundle holds one copy. One operator for all classes is many times as slow as one for each.
   */
  "graphql calls instanceOf": {
    of: /\/node_modules\/graphql\/.*\.mjs$/,
    find: /\binstanceOf\((\w+), ([A-Z]\w+)\)/g,
    by: "$1 instanceof $2",
  },
  /** The fields are a dictionary without a prototype: to list them takes most of the time of a small input. */
  "graphql lists the fields of every input": {
    of: /\/node_modules\/graphql\/utilities\/coerceInputValue\.mjs$/,
    find: /\bof Object\.values\(fieldDefs\)/g,
    by: "of (type.listedFields ??= Object.values(fieldDefs))",
  },
  /**
   * V8 makes a dictionary of an object without a prototype, which is copied and written as JSON slowly. One whose
   * prototype has neither members nor a prototype takes the same keys, `__proto__` among them, and is no dictionary.
   */
  "graphql makes dictionaries": {
    of: /\/node_modules\/graphql\/(execution\/(execute|values)|utilities\/coerceInputValue|jsutils\/keyMap)\.mjs$/,
    find: /\bObject\.create\(null\)/g,
    by: "Object.create(noMembers)",
    before: noMembers,
  },
  /** A list of JSON needs no iterator. */
  "graphql iterates every list": {
    of: /\/node_modules\/graphql\/utilities\/coerceInputValue\.mjs$/,
    find: /\bArray\.from\(inputValue, \(/g,
    by: "(Array.isArray(inputValue) ? inputValue : Array.from(inputValue)).map((",
  },
  /** The lists of nodes are of one execution, so what is collected of them is kept with them: three WeakMaps take longer. */
  "graphql keeps subfields in three levels of WeakMaps": {
    of: /\/node_modules\/graphql\/jsutils\/memoize3\.mjs$/,
    find: /\blet cache0;\s*return function memoized\(a1, a2, a3\) \{[^]*?return fnResult;\s*\};/g,
    by: `return function memoized(context, type, nodes) {
    if (nodes.collectedIn !== context) {
      nodes.collectedIn = context;
      nodes.collected = new Map();
    }
    let collected = nodes.collected.get(type);
    if (collected === undefined) {
      collected = fn(context, type, nodes);
      nodes.collected.set(type, collected);
    }
    return collected;
  };`,
  },
  "graphql iterates every list that it answers": {
    of: /\/node_modules\/graphql\/execution\/execute\.mjs$/,
    find: /\bArray\.from\(result, \(/g,
    by: "(Array.isArray(result) ? result : Array.from(result)).map((",
  },
  /** No field has `@defer` or `@stream`: what a client accepts of these makes no difference. */
  "Apollo negotiates the form of increments": {
    of: requestPipeline,
    find: /\bexecute\(\{\s*\.\.\.requestContext,\s*useLegacyIncremental: new Negotiator\([^]*?_ALPHA_2,\s*\}\)([^]*?\bfunction execute\()\{ useLegacyIncremental, \.\.\.requestContext \}([^]*?)\buseLegacyIncremental,/g,
    by: "execute(requestContext)$1requestContext$2",
  },
  /** One that does nothing there is passed over without a promise. */
  "Apollo waits for every plugin at every step": {
    of: requestPipeline,
    find: /(?<!return )\bawait Promise\.all\((\w+)\.map\(\((\w)\) => (\2\.\w+\?\.\([^;\n]*?\))\)\);/g,
    by: "for (const $2 of $1) { const done = $3; if (done !== undefined) await done; }",
  },
  "Apollo waits for plugins without a beginning of the execution": {
    of: requestPipeline,
    find: /(\bl\.executionDidStart\?\.\(requestContext\)\))(\)\)\.filter\(isDefined\))/g,
    by: "$1.filter(isDefined)$2",
  },
  "Apollo asks plugins without a response for one": {
    of: requestPipeline,
    find: /(?<=\binvokeHooksUntilDefinedAndNonNull\(requestListeners)(?=, async \(l\) => await l\.responseForOperation\b)/g,
    by: ".filter((l) => l.responseForOperation !== undefined)",
  },
  "Apollo waits for the response of no plugin": {
    of: /\/node_modules\/@apollo\/server\/dist\/esm\/utils\/invokeHooks\.js$/,
    find: /\bexport async function invokeHooksUntilDefinedAndNonNull\(targets, hook\) \{/g,
    by: `export function invokeHooksUntilDefinedAndNonNull(targets, hook) {
  return targets.length === 0 ? null : invokeInTurn(targets, hook);
}
async function invokeInTurn(targets, hook) {`,
  },
  "Apollo waits until it has started": {
    of: apolloServer,
    find: /\brunningServerState = await this\._ensureStarted\(\);/g,
    by: "runningServerState = this.internals.state.phase === 'started' ? this.internals.state : await this._ensureStarted();",
  },
  "Apollo waits once more for a request that is no batch": {
    of: /\/node_modules\/@apollo\/server\/dist\/esm\/httpBatching\.js$/,
    find: /\bexport async function runPotentiallyBatchedHttpQuery([^]*?)return await runHttpQuery([^]*?)return await runBatchedHttpQuery/g,
    by: "export function runPotentiallyBatchedHttpQuery$1return runHttpQuery$2return runBatchedHttpQuery",
  },
  /** A member that is added to a spread makes a shape of its own for each object (V8 of Node 20). */
  "Apollo adds errors to the result": {
    of: requestPipeline,
    find: /\bsingleResult: (\{\s*\.\.\.result,\s*errors: formattedErrors,?\s*\})/g,
    by: "singleResult: formattedErrors === undefined ? result : $1",
  },
  "Apollo copies the context by its members": {
    of: apolloServer,
    find: /\breturn (Object\.assign\(Object\.create\(Object\.getPrototypeOf\(object\)\), object\));/g,
    by: "return Object.getPrototypeOf(object) === Object.prototype ? { ...object } : $1;",
  },
  "Apollo adds a body to the head": {
    of: /\/node_modules\/@apollo\/server\/dist\/esm\/runHttpQuery\.js$/,
    find: /\.\.\.graphQLResponse\.http,(?=\s*body: \{\s*kind: 'complete')/g,
    by: "status: graphQLResponse.http.status, headers: graphQLResponse.http.headers,",
  },
  "Apollo reads the media type of every request as one that a form may send": {
    of: /\/node_modules\/@apollo\/server\/dist\/esm\/preventCsrf\.js$/,
    find: /\bconst contentTypeParsed = /g,
    by: "if (contentType === 'application/json') return;\n$&",
  },
  "Apollo hashes every operation": {
    of: requestPipeline,
    find: /(\bfunction computeQueryHash\(query\) \{\s*)return ([^;]+);/g,
    by: `$1if (query.length > 10_000) return $2;
      let hash = queryHashes.get(query);
      if (hash === undefined) {
        hash = $2;
        if (queryHashes.size === 500) queryHashes.clear();
        queryHashes.set(query, hash);
      }
      return hash;`,
    before: "const queryHashes = new Map();\n",
  },
  /** It tells the type from that of another map only to a compiler of TypeScript. */
  "Apollo makes a symbol for all headers": {
    of: /\/node_modules\/@apollo\/server\/dist\/esm\/utils\/HeaderMap\.js$/,
    find: /\b__identity = Symbol\('HeaderMap'\);/g,
    by: "",
  },
  "the handler parses the address of every request": {
    of: integration,
    find: /\bsearch: (new URL\([^;]+\)\.search),/g,
    by: "search: request.url.includes('?') ? $1 : '',",
  },
  "the handler lists the headers of every request in pairs": {
    of: integration,
    find: /\bfor \(const \[key, value\] of Object\.entries\(headers\)\) \{/g,
    by: "for (const key of Object.keys(headers)) { const value = headers[key];",
  },
  "pg copies every query by its descriptors": {
    of: /\/node_modules\/pg\/lib\/utils\.js$/,
    find: /\breturn (Object\.defineProperties\(Object\.create\(Object\.getPrototypeOf\(config\)\))/g,
    by: "return Object.getPrototypeOf(config) === Object.prototype ? { values: undefined, callback: undefined, ...config } : $1",
  },
  "pg makes a dictionary of every result": {
    of: /\/node_modules\/pg\/lib\/result\.js$/,
    find: /\bObject\.create\(null\)/g,
    by: "Object.create(noMembers)",
    before: noMembers,
  },
  /** They are in order after the first time. */
  "type-graphql sorts the parameters of every call": {
    of: /\/node_modules\/type-graphql\/build\/esm\/resolvers\/helpers\.js$/,
    find: /\bparams\s+\.sort\(\(a, b\) => a\.index - b\.index\)/g,
    by: "(params.sorted ??= params.sort((a, b) => a.index - b.index))",
  },
  /** No input class has methods. */
  "type-graphql makes an instance of every argument": {
    of: /\/node_modules\/type-graphql\/build\/esm\/resolvers\/helpers\.js$/,
    find: /\bconvertArgToInstance\(paramInfo, resolverData\.args\)/g,
    by: "resolverData.args[paramInfo.name]",
  },
  /**
   * V8 puts a function literal that is assigned to a property among the old values, where it keeps what it refers to,
   * such as the records of a request, until a full collection.
   */
  "zod assigns addIssue to every payload that it transforms": {
    of: /\/node_modules\/zod\/.*\.js$/,
    find: /^( *)payload\.addIssue = (\(\w+\) => \{\n[^]*?\n\1\});$/gm,
    by: "$1const addIssue = $2;\n$1payload.addIssue = addIssue;",
  },
};

/**
 * Rewrites the places, and fails where there is nothing to be rewritten any more.
 * @returns {import("vite").Plugin}
 */
export function rewritePackages() {
  const missing = new Set(Object.keys(rewrites));
  return {
    name: "rewrite-packages",
    transform(code, id) {
      let rewritten = code;
      for (const [what, { of, find, by, before = "" }] of Object.entries(rewrites)) {
        if (!of.test(id) || rewritten.search(find) === -1) continue;
        missing.delete(what);
        rewritten = before + rewritten.replaceAll(find, by);
      }
      return rewritten === code ? undefined : rewritten;
    },
    buildEnd(error) {
      if (error === undefined && missing.size > 0) throw new Error(`no longer: ${[...missing].join("; ")}`);
    },
  };
}
