import { folderRules } from "./scripts/checks/boundaries/folder-rules.mjs";
import { forbid } from "./scripts/checks/boundaries/forbid.mjs";
import { packageRules } from "./scripts/checks/boundaries/package-rules.mjs";
import { providerRules } from "./scripts/checks/boundaries/provider-rules.mjs";

const generated = "^src/persistence/generated/";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...folderRules,
    ...providerRules,
    ...packageRules,
    forbid(
      "src-stands-alone",
      "The program needs neither tests nor scripts.",
      { path: "^src/" },
      {
        path: "^(test|scripts|eslint)/",
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
    exclude: { path: ["^dist/", "^test/(peers|bench/peers)/node_modules/"] },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "node", "default"] },
  },
};
