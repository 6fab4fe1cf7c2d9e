import type { z } from "zod";
import type { Violation } from "../../core/failure.js";

/** The code of an issue as the rule of a violation, in kebab-case. */
export function ruleOf(code: string): string {
  return code.replaceAll("_", "-");
}

/** @param place the steps before the issue's path, e.g. `target` */
export function issueToViolation(issue: z.core.$ZodIssue, ...place: readonly string[]): Violation {
  return { field: [...place, ...issue.path].map(String).join("."), rule: ruleOf(issue.code), message: issue.message };
}
