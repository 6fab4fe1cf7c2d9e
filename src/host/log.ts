import { pino, type DestinationStream } from "pino";
import type { Log } from "../core/log.js";
import type { Config } from "./settings/config.js";

/** Writes lines of JSON to standard error; standard output stays free for people. */
export function createLog(
  level: Config["LOG_LEVEL"],
  lines: DestinationStream = pino.destination({ fd: 2, sync: true }),
): Log {
  return pino({ level, base: null, serializers: { error: describeError } }, lines);
}

/**
 * Name, message, code and stack of an error and its causes. Other properties may contain data of a client and are left
 * out.
 */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  const { name, message, stack } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    name,
    message,
    code,
    stack,
    cause: error.cause === undefined || depth > 4 ? undefined : describeError(error.cause, depth + 1),
  };
}
