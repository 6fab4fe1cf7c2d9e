import { build } from "vite";

/**
 * Bundles the GraphiQL page into dist/playground: nothing of it comes from another host.
 * The page is served at /graphiql, without a slash at its end, so what it asks for is below `graphiql/`.
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
    // Monaco is one library of three megabytes.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // Libraries are marked for server components and for React's compiler, which have no part in this.
      checks: { moduleLevelDirective: false },
      // GraphiQL tells the console of every worker that it starts.
      treeshake: { manualPureFunctions: ["console.info"] },
    },
  },
  worker: { format: "es" },
  experimental: {
    renderBuiltUrl: (name, { hostType }) => (hostType === "html" ? `graphiql/${name}` : { relative: true }),
  },
});
