import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: ["src/index.ts", "scripts/schema-drift.mjs"],
  project: ["src/**/*.ts", "scripts/**/*.{ts,mjs}", "eslint/**/*.js", "test/**/*.ts", "!src/playground/**", "!test/peers/**"],
  // scripts/checks.mjs starts it by name.
  ignoreDependencies: ["jscpd"],
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
