import type { z } from "zod";
import type { Violation } from "../core/failure.js";

/** @param place what the issue's path is within, e.g. `target` */
export function toViolation({ path, code, message }: z.core.$ZodIssue, ...place: readonly string[]): Violation {
  return { field: [...place, ...path].map(String).join("."), rule: code.replaceAll("_", "-"), message };
}
