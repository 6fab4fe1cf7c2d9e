import { build } from "vite";

/**
 * Bundles the GraphiQL page into dist/playground: it loads nothing from another host. The page is served at /graphiql
 * without a trailing slash, so its relative addresses start with `graphiql/`.
 */
await build({
  configFile: false,
  root: "src/playground",
  logLevel: "warn",
  build: {
    outDir: "../../dist/playground",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    license: { fileName: "third-party-licenses.md" },
    // Monaco is one library of 3 MB.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // The directives of libraries are for server components and React's compiler, which this page does not use.
      checks: { moduleLevelDirective: false },
      // GraphiQL logs the start of every worker to the console.
      treeshake: { manualPureFunctions: ["console.info"] },
    },
  },
  worker: { format: "es" },
  experimental: {
    renderBuiltUrl: (name, { hostType }) => (hostType === "html" ? `graphiql/${name}` : { relative: true }),
  },
});
