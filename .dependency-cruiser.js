const graphqlPackages = "(^|/)node_modules/(graphql|type-graphql|@apollo|dataloader|graphql-scalars|@graphql-tools|reflect-metadata)(/|$)";
const databasePackages = "(^|/)node_modules/(@prisma|prisma|pg|@electric-sql|pglite-prisma-adapter)(/|$)";
const serverPackages = "(^|/)node_modules/(fastify|@fastify|@as-integrations)(/|$)";
const pagePackages = "(^|/)node_modules/(graphiql|@graphiql|react|react-dom)(/|$)";
const generated = "^src/persistence/generated/";
const registry = "^src/providers/registry[.]ts$";

/**
 * What a folder of src may import of ours besides itself. A folder that is not named here fails.
 * @type {Record<string, readonly string[]>}
 */
const arrows = {
  core: [],
  contract: ["core"],
  providers: ["core", "contract"],
  application: ["core", "contract"],
  persistence: ["core"],
  graphql: ["core", "contract", "application"],
  http: ["core", "contract", "application"],
  host: ["core", "contract", "application", "http", "graphql", "providers"],
  playground: [],
};

/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 * @returns {import("dependency-cruiser").IForbiddenRuleType}
 */
function forbid(name, comment, from, to) {
  return /** @type {import("dependency-cruiser").IForbiddenRuleType} */ ({ name, comment, severity: "error", from, to });
}

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...Object.entries(arrows).map(([folder, targets]) =>
      forbid(
        `arrows-of-${folder}`,
        `${folder} imports ${["itself", ...targets].join(", ")} and nothing else of ours.`,
        { path: `^src/${folder}/` },
        { path: "^src/", pathNot: [folder, ...targets].map((name) => `^src/${name}/`) },
      ),
    ),
    forbid(
      "folder-without-arrows",
      "A new folder of src is given its arrows in this file first.",
      { path: "^src/", pathNot: [`^src/(${Object.keys(arrows).join("|")})/`, "^src/[^/]+$"] },
      { path: "^src/" },
    ),
    forbid(
      "only-the-process-imports-app",
      "app.ts is imported by the process, the public entries, tests and scripts.",
      { path: "^src/", pathNot: "^src/(main|index|test-app)[.]ts$" },
      { path: "^src/app[.]ts$" },
    ),
    forbid("nothing-imports-main", "The process is started, never imported.", {}, { path: "^src/main[.]ts$" }),
    forbid("arrows-of-config", "config.ts merges what it is handed.", { path: "^src/config[.]ts$" }, {
      path: "^src/",
      pathNot: "^src/(core|contract|host)/",
    }),
    forbid(
      "sides-only-in-app",
      "Only app.ts sees every side.",
      { path: "^src/[^/]+$", pathNot: "^src/app[.]ts$" },
      { path: "^src/(graphql|http|persistence|providers)/" },
    ),
    forbid(
      "registry-only-in-app",
      "Only app.ts knows which providers there are.",
      { path: "^(src|scripts)/", pathNot: ["^src/app[.]ts$", "^scripts/emit-schema[.]ts$"] },
      { path: registry },
    ),
    forbid(
      "registry-is-a-list",
      "registry.ts imports the providers' index files and nothing else.",
      { path: registry },
      { pathNot: "^src/providers/[^/]+/index[.]ts$" },
    ),
    forbid(
      "no-provider-imports-another",
      "What two providers share is a named kit in src/contract.",
      { path: "^src/providers/([^/]+)/" },
      { path: "^src/providers/", pathNot: "^src/providers/$1/" },
    ),
    forbid("graphql-packages-in-graphql", "graphql stays in src/graphql.", { path: "^src/", pathNot: "^src/graphql/" }, {
      path: graphqlPackages,
    }),
    forbid("database-packages-in-persistence", "Prisma and PostgreSQL stay in src/persistence.", {
      path: "^src/",
      pathNot: "^src/persistence/",
    }, { path: databasePackages }),
    forbid("server-packages-in-http", "Fastify stays in src/http.", { path: "^src/", pathNot: "^src/http/" }, {
      path: serverPackages,
    }),
    forbid("src-stands-alone", "The program needs neither tests nor scripts.", { path: "^src/" }, {
      path: "^(test|scripts|eslint)/",
    }),
    forbid("page-packages-in-playground", "What the page is bundled from stays in src/playground.", { path: "^src/", pathNot: "^src/playground/" }, {
      path: pagePackages,
    }),
    forbid("no-development-package-in-src", "What src imports at run time is a dependency; the page is bundled.", { path: "^src/", pathNot: "^src/playground/" }, {
      dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
      dependencyTypesNot: ["type-only"],
    }),
    forbid("no-cycle", "Two files that need each other are one thing or hide a third.", { path: "^(src|test|scripts)/", pathNot: generated }, {
      circular: true,
    }),
    // The exception is a package of types alone.
    forbid("no-unresolvable", "An import names something that exists.", {}, { couldNotResolve: true, pathNot: "^@graphql-typed-document-node/core$" }),
    forbid(
      "no-orphan",
      "A file that imports nothing and is imported by nothing is forgotten.",
      { orphan: true, pathNot: [generated, "^src/(main|index)[.]ts$", "[.]d[.]ts$", "^test/.*[.]test[.]ts$", "^(scripts|eslint)/"] },
      {},
    ),
  ],
  options: {
    doNotFollow: { path: ["(^|/)node_modules/", generated] },
    exclude: { path: ["^dist/", "^test/peers/node_modules/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "node", "default"] },
  },
};
