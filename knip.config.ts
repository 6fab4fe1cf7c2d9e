import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: ["src/index.ts", "src/playground/main.tsx", "scripts/schema-drift.mjs", "scripts/repeated-names.mjs", "scripts/build-page.mjs", "scripts/build-bundle.mjs", "scripts/build-template.mjs", "test/e2e/fuzz/server.ts"],
  project: ["src/**/*.ts", "src/**/*.tsx", "scripts/**/*.{ts,mjs}", "eslint/**/*.js", "test/**/*.ts", "!test/peers/node_modules/**"],
  // scripts/checks.mjs starts jscpd by name; light-my-request is fastify's, held at the last version that takes Node 20.
  ignoreDependencies: ["jscpd", "light-my-request"],
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
