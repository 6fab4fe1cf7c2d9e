#!/usr/bin/env node
import { enableCompileCache } from "./host/compile-cache.js";
import type { App } from "./app.js";
import { OperatorError } from "./core/operator-error.js";
import { describeOldNode } from "./host/node-version.mjs";
import { readPackageManifest } from "./host/package-manifest.js";

// The imports above need no recent Node: the version is checked before anything else is loaded.
const manifest = readPackageManifest();
const oldNode = describeOldNode(manifest, process.versions.node);
if (oldNode !== undefined) {
  console.error(oldNode);
  process.exit(1);
}

/** The time for requests that are on their way when the signal to stop arrives. */
const lingerMs = 500;

// GraphQL reads it when it is loaded, and checks every value twice without it.
process.env["NODE_ENV"] ??= "production";
enableCompileCache();
const { runCommandLine } = await import("./host/command-line.js");
await runCommandLine(process.argv.slice(2), {
  version: manifest.version,
  readSettings: async () => (await import("./host/settings/config.js")).describeSettings([]),
  serve,
  openKeys: async () => (await import("./app-keys.js")).openAccessKeys(process.env),
});

async function serve(): Promise<void> {
  const { createProgressLine } = await import("./host/progress-line.mjs");
  const progress = createProgressLine(process.stdout);
  progress.show("Loading the program");
  const program = await import("./app.js");
  // Clears the progress line, so that a warning about the configuration gets a line of its own.
  progress.clear();
  try {
    const app = await program.createApp({ environment: process.env, onStep: progress.show });
    stopOnSignals(app);
    try {
      const { url } = await app.listen();
      progress.clear();
      console.log([`Recordgate ${manifest.version} is ready: ${url}/graphql`, ...app.report].join("\n"));
    } catch (error) {
      await app.close();
      throw error;
    }
  } catch (error) {
    progress.clear();
    console.error(error instanceof OperatorError ? error.message : error);
    process.exitCode = 1;
  }
}

/** A second signal ends the process at once. */
function stopOnSignals(app: App): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      console.log("Stopping: finishing the calls in flight.");
      void app.close(lingerMs).then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}
