import { forbid } from "./forbid.mjs";

const graphqlPackages =
  "(^|/)node_modules/(graphql|type-graphql|@apollo|dataloader|graphql-scalars|@graphql-tools|@escape\\.tech|graphql-query-complexity|reflect-metadata)(/|$)";
const databasePackages = "(^|/)node_modules/(@prisma|prisma|pg|@electric-sql|pglite-prisma-adapter)(/|$)";
const serverPackages = "(^|/)node_modules/(fastify|@fastify|@as-integrations)(/|$)";
const pagePackages = "(^|/)node_modules/(graphiql|@graphiql|react|react-dom)(/|$)";
const toolPackages =
  "(^|/)node_modules/(vitest|fast-check|playwright-core|typescript(-7)?|tsx|vite|eslint|oxlint|knip|jscpd|csv-stringify|@theguild)(/|$)";

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
export const packageRules = [
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
    "no-async-hooks",
    "An AsyncLocalStorage makes every promise of the process dearer: a request is handed down as its scope.",
    { path: "^src/" },
    {
      path: "^(node:)?async_hooks$",
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
];
