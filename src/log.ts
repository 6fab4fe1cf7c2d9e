import { pino } from "pino";
import type { Log } from "./core/log.js";
import type { Config } from "./config.js";

/** Lines of JSON on the standard error, so that the standard output stays for people. */
export function createLog(level: Config["LOG_LEVEL"]): Log {
  return pino({ level, base: null, serializers: { error: describeError } }, pino.destination({ fd: 2, sync: true }));
}

/** Name, message, code and stack of an error and its causes; other properties may hold what a client sent. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  const code = "code" in error ? error.code : undefined;
  return { name, message, code, stack, cause: error.cause === undefined || depth > 4 ? undefined : describeError(error.cause, depth + 1) };
}
