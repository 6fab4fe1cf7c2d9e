import * as original from "../../../src/app.js";
import { createLog } from "../../../src/host/log.js";
import { needles, watchLog } from "../scan.js";

export * from "../../../src/app.js";

export async function assembleApp(options: original.AppOptions): Promise<original.AssembledApp> {
  const { environment } = options;
  needles.noteEnvironment(environment);
  const { LOG_LEVEL: level = "info" } = environment;
  // The program refuses another level.
  if (!isLevel(level)) return original.assembleApp(options);
  return original.assembleApp({ ...options, log: watchLog(options.log ?? createLog(level)) });
}

export async function createApp(options: original.AppOptions): Promise<original.App> {
  return (await assembleApp(options)).app;
}

type Level = Parameters<typeof createLog>[0];

function isLevel(text: string): text is Level {
  return ["silent", "error", "warn", "info", "debug"].includes(text);
}
