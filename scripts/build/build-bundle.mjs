import { resolve } from "node:path";
import { build } from "vite";
import { rewritePackages } from "./rewrites.mjs";

const nativeHash = "scripts/build/native-hash.cjs";
const noArgumentValidation = "scripts/build/no-argument-validation.mjs";
const noDebug = "scripts/build/no-debug.mjs";
const plainExecution = "scripts/build/plain-execution.mjs";
const noSchemaCompiler = "scripts/build/no-schema-compiler.cjs";

/**
 * Bundles the compiled modules and the packages that they import: a start reads a few files instead of 1,100. PGlite
 * stays outside, because its files are found by path.
 */
await build({
  configFile: false,
  logLevel: "warn",
  plugins: [rewritePackages()],
  resolve: {
    alias: [
      // The package contains two builds, whose classes do not recognise each other.
      { find: /^graphql$/, replacement: "graphql/index.mjs" },
      { find: /^\.\/validate-arg\.js$/, replacement: resolve(noArgumentValidation) },
      { find: /^\.\/incrementalDeliveryPolyfill\.js$/, replacement: resolve(plainExecution) },
      { find: /^@prisma\/debug$/, replacement: resolve(noDebug) },
      // A megabyte of source that no start executes, and that every start would compile.
      { find: /^@fastify\/(ajv|fast-json-stringify)-compiler$/, replacement: resolve(noSchemaCompiler) },
      { find: /^sha\.js$/, replacement: resolve(nativeHash) },
    ],
  },
  ssr: { noExternal: true, external: ["@electric-sql/pglite"] },
  build: {
    ssr: true,
    outDir: "dist",
    emptyOutDir: false,
    target: "node20",
    minify: false,
    license: { fileName: "third-party-licenses.md" },
    rolldownOptions: {
      input: { main: "dist/modules/main.js", index: "dist/modules/index.js", provider: "dist/modules/provider.js" },
      output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
    },
  },
});
