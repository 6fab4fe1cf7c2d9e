import type { KnipConfig } from "knip";

const config: KnipConfig = {
  entry: [
    "src/index.ts",
    "src/provider.ts",
    "src/playground/main.tsx",
    "scripts/checks/schema-drift.mjs",
    "scripts/checks/repeated-names.mjs",
    "scripts/build/build-page.mjs",
    "scripts/build/build-bundle.mjs",
    "scripts/build/no-argument-validation.mjs",
    "scripts/build/no-debug.mjs",
    "scripts/build/plain-execution.mjs",
    "scripts/build/build-template.mjs",
    "test/e2e/fuzz/server.ts",
    "test/bench/load/load-process.ts",
    "test/bench/references/*.ts",
    // test/scan/redirect.ts puts them before the modules of the same names.
    "test/scan/watched/*.ts",
  ],
  project: [
    "src/**/*.ts",
    "src/**/*.tsx",
    "src/**/*.mjs",
    "scripts/**/*.{ts,mjs}",
    "eslint/**/*.js",
    "test/**/*.ts",
    "!test/peers/node_modules/**",
    "!test/bench/peers/node_modules/**",
  ],
  // scripts start them by name.
  ignoreDependencies: ["jscpd", "oxlint", "oxlint-tsgolint", "prettier", "typescript-7"],
  // Programs of the system.
  ignoreBinaries: ["unshare", "nsenter", "openssl", "pg_config"],
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
