import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: ["src/index.ts", "src/playground/main.tsx", "scripts/schema-drift.mjs", "scripts/build-page.mjs"],
  project: ["src/**/*.ts", "src/**/*.tsx", "scripts/**/*.{ts,mjs}", "eslint/**/*.js", "test/**/*.ts", "!test/peers/**"],
  // scripts/checks.mjs starts it by name.
  ignoreDependencies: ["jscpd"],
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
