import { readFileSync } from "node:fs";
import { build } from "vite";

const { dependencies } = /** @type {{ readonly dependencies: Readonly<Record<string, string>> }} */ (
  JSON.parse(readFileSync("package.json", "utf8"))
);

/**
 * Bundles the compiled modules and the packages that they import: a start reads a few files instead of 1,100. The
 * dependencies in package.json stay outside: their files are found by path, or their classes are shared.
 */
await build({
  configFile: false,
  logLevel: "warn",
  // The package contains two builds, whose classes do not recognise each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.mjs" }] },
  ssr: { noExternal: true, external: Object.keys(dependencies) },
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
