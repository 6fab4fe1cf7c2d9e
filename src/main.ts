#!/usr/bin/env node
import { enableCompileCache } from "./host/compile-cache.js";
import type { App } from "./app.js";
import { OperatorError } from "./core/operator-error.js";

// GraphQL looks at it when it is loaded, and checks every value twice without it.
process.env["NODE_ENV"] ??= "production";
enableCompileCache();
const program = await import("./app.js");

/** A second signal does not wait. */
function stopOnSignals(app: App): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      console.log("Stopping: finishing what is in flight.");
      void app.close().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    });
  }
}

try {
  const app = await program.createApp({ environment: process.env });
  stopOnSignals(app);
  try {
    const { url } = await app.listen();
    console.log(`Recordgate is ready: ${url}/graphql (${app.description})`);
  } catch (error) {
    await app.close();
    throw error;
  }
} catch (error) {
  console.error(error instanceof OperatorError ? error.message : error);
  process.exitCode = 1;
}
