const graphqlPackages =
  "(^|/)node_modules/(graphql|type-graphql|@apollo|dataloader|graphql-scalars|@graphql-tools|reflect-metadata)(/|$)";
const databasePackages = "(^|/)node_modules/(@prisma|prisma|pg|@electric-sql|pglite-prisma-adapter)(/|$)";
const serverPackages = "(^|/)node_modules/(fastify|@fastify|@as-integrations)(/|$)";
const pagePackages = "(^|/)node_modules/(graphiql|@graphiql|react|react-dom)(/|$)";
const toolPackages =
  "(^|/)node_modules/(vitest|fast-check|playwright-core|typescript|tsx|vite|eslint|knip|jscpd|csv-stringify|@theguild)(/|$)";
const generated = "^src/persistence/generated/";
const registry = "^src/providers/registry[.]ts$";

/**
 * The folders of src that a folder may import besides itself. A folder without an entry fails.
 * @type {Record<string, readonly string[]>}
 */
const arrows = {
  json: [],
  core: ["json"],
  contract: ["core", "json"],
  vector: ["contract", "core", "json"],
  providers: ["vector", "contract", "core", "json"],
  application: ["contract", "core", "json"],
  persistence: ["core", "json"],
  graphql: ["application", "contract", "core", "json"],
  http: ["application", "contract", "core", "json"],
  host: ["application", "contract", "core", "json"],
  playground: [],
};

/**
 * The rooms of a folder that a room may import besides itself. A file beside the rooms is not restricted.
 * @type {Record<string, Record<string, readonly string[]>>}
 */
const rooms = {
  vector: {
    definition: [],
    failures: [],
    values: ["definition", "failures"],
    collection: ["values", "definition", "failures"],
    wire: ["collection", "values", "definition", "failures"],
    service: ["wire", "collection", "values", "definition", "failures"],
  },
};

/** The folder of a provider, or of a kit that several providers share. */
const provider = "^src/(?:providers/[^/]+|vector)/";
/** The modules that a service uses. */
const serviceSide = "^src/contract/(service|provider-store|repeat-while-stale)[.]ts$";
/** The modules that a data source uses. */
const callSide = "^src/contract/(data-source|call)[.]ts$";

/**
 * @param {string} name
 * @param {string} comment
 * @param {object} from
 * @param {object} to
 * @returns {import("dependency-cruiser").IForbiddenRuleType}
 */
function forbid(name, comment, from, to) {
  return /** @type {import("dependency-cruiser").IForbiddenRuleType} */ ({
    name,
    comment,
    severity: "error",
    from,
    to,
  });
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
    ...Object.entries(rooms).flatMap(([folder, arrowsOfRooms]) =>
      Object.entries(arrowsOfRooms).map(([room, targets]) =>
        forbid(
          `arrows-of-${folder}-${room}`,
          `Within ${folder}, ${room} imports ${["itself", ...targets].join(", ")} and nothing else.`,
          { path: `^src/${folder}/${room}/` },
          { path: `^src/${folder}/`, pathNot: [room, ...targets].map((name) => `^src/${folder}/${name}/`) },
        ),
      ),
    ),
    forbid(
      "folder-without-arrows",
      "A new folder of src needs an entry in this file.",
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
    forbid(
      "arrows-of-config",
      "config.ts merges the settings that it receives.",
      { path: "^src/host/config[.]ts$" },
      {
        path: "^src/",
        pathNot: "^src/(core|json|contract|host)/",
      },
    ),
    forbid(
      "sides-only-in-app",
      "Only app.ts sees every side.",
      { path: "^src/[^/]+$", pathNot: "^src/app[.]ts$" },
      { path: "^src/(graphql|http|persistence|providers)/" },
    ),
    forbid(
      "registry-only-in-app",
      "Only app.ts imports the list of providers.",
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
      "Code that two providers share belongs to a named kit such as src/vector.",
      { path: "^src/providers/([^/]+)/" },
      { path: "^src/providers/", pathNot: "^src/providers/$1/" },
    ),
    forbid(
      "kit-without-client-and-server",
      "The modules for a provider's author import neither the client nor the server of contracts.",
      { path: "^src/contract/", pathNot: "^src/contract/(client|server)/" },
      { path: "^src/contract/(client|server)/" },
    ),
    forbid(
      "client-without-server",
      "The client and the server of contracts meet in a transport only.",
      { path: "^src/contract/client/" },
      {
        path: "^src/contract/server/",
      },
    ),
    forbid(
      "server-without-client",
      "The server and the client of contracts meet in a transport only.",
      { path: "^src/contract/server/" },
      {
        path: "^src/contract/client/",
      },
    ),
    forbid(
      "provider-without-client-and-server",
      "A provider declares; the kit calls, serves and verifies.",
      { path: provider },
      {
        path: "^src/contract/(client|server|verify)/",
      },
    ),
    forbid(
      "roles-meet-in-index",
      "A provider's service, data source and samples are imported by its index only, so neither service nor data source knows the other.",
      { path: "^src/providers/([^/]+)/", pathNot: "^src/providers/[^/]+/index[.]ts$" },
      { path: "^src/providers/$1/(service|data-source|samples|index)[.]ts$" },
    ),
    forbid(
      "index-in-registry",
      "A provider is imported as a whole, by the registry.",
      { path: "^src/", pathNot: registry },
      {
        path: "^src/providers/[^/]+/index[.]ts$",
      },
    ),
    forbid(
      "calls-in-data-source",
      "Only the data source of a provider imports calls and receipts.",
      { path: provider, pathNot: "/data-source[.]ts$" },
      { path: callSide },
    ),
    forbid(
      "data-source-without-service",
      "A data source knows its service by the contract only: it imports no store and no definition of a collection.",
      { path: `${provider}data-source[.]ts$` },
      { path: [serviceSide, "^src/contract/provider[.]ts$", "^src/.*service[^/]*[.]ts$", "/service/"] },
    ),
    forbid(
      "declarations-without-service",
      "Contracts, dialects and failures are data that server and client read alike.",
      {
        path: ["contract", "contracts", "contracts-v1", "contracts-v2", "dialect", "failures"].map(
          (role) => `${provider}.*${role}[.]ts$`,
        ),
      },
      { path: [serviceSide, callSide, "^src/.*service[^/]*[.]ts$", "/service/"] },
    ),
    forbid(
      "samples-are-data",
      "Samples import the type of a sample and nothing else.",
      { path: "^src/providers/[^/]+/samples[.]ts$" },
      {
        path: ".",
        pathNot: "^src/contract/provider[.]ts$",
      },
    ),
    forbid(
      "graphql-packages-in-graphql",
      "graphql stays in src/graphql.",
      { path: "^src/", pathNot: "^src/graphql/" },
      {
        path: graphqlPackages,
      },
    ),
    forbid(
      "database-packages-in-persistence",
      "Prisma and PostgreSQL stay in src/persistence.",
      {
        path: "^src/",
        pathNot: "^src/persistence/",
      },
      { path: databasePackages },
    ),
    forbid(
      "server-packages-in-http",
      "Fastify stays in src/http.",
      { path: "^src/", pathNot: "^src/http/" },
      {
        path: serverPackages,
      },
    ),
    forbid(
      "src-stands-alone",
      "The program needs neither tests nor scripts.",
      { path: "^src/" },
      {
        path: "^(test|scripts|eslint)/",
      },
    ),
    forbid(
      "page-packages-in-playground",
      "The packages that the page is bundled from stay in src/playground.",
      { path: "^src/", pathNot: "^src/playground/" },
      {
        path: pagePackages,
      },
    ),
    forbid(
      "no-tool-in-src",
      "The build bundles every package that src imports: packages of checks and tests must stay out.",
      { path: "^src/" },
      {
        path: toolPackages,
      },
    ),
    forbid(
      "no-undeclared-package",
      "Every package that src imports is in package.json.",
      { path: "^src/" },
      {
        dependencyTypes: ["npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["type-only"],
      },
    ),
    forbid(
      "no-cycle",
      "Two files that import each other are one file, or share a third.",
      { path: "^(src|test|scripts)/", pathNot: generated },
      {
        circular: true,
      },
    ),
    // A package of types only has no module to resolve.
    forbid(
      "no-unresolvable",
      "An import names something that exists.",
      {},
      { couldNotResolve: true, pathNot: "^@graphql-typed-document-node/core$" },
    ),
    forbid(
      "no-orphan",
      "A file that imports nothing and is imported by nothing is forgotten.",
      {
        orphan: true,
        pathNot: [
          generated,
          "^src/(main|index|provider)[.]ts$",
          "[.]d[.]ts$",
          "^test/.*[.]test[.]ts$",
          "^(scripts|eslint)/",
        ],
      },
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
