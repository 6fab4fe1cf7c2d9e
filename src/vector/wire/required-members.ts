import { vectorFailuresV2 as failures } from "../failures/vector-failures.js";
import { succeedsWith } from "./dialect.js";
import { requestTimeout } from "./request-timeout.js";
import { otherLimits as limits } from "./route.js";
import type { RequiredMembers } from "./shape-refusal.js";

/** The server's validator names its own types, and the missing members only. */
export function requiredByValidator(type: string, ...names: readonly string[]): RequiredMembers {
  const explainAll = (missing: readonly string[]) => ({
    problem: missing.map((name) => explainMissingMember(type, name)).join("\n"),
  });
  return {
    names,
    explain: explainAll,
    refuse: (missing, violations) => failures.refuse("missing-parameters", explainAll(missing), violations),
    refuseNothing: () => failures.refuse("empty-body", { braces: "{}" }),
  };
}

function explainMissingMember(type: string, name: string): string {
  const member = name === "id" ? "ID" : name.charAt(0).toUpperCase() + name.slice(1);
  return `Key: '${type}.${member}' Error:Field validation for '${member}' failed on the 'required' tag`;
}

/** The common parts of the endpoints of the second version. */
export const v2Route = {
  method: "POST",
  idempotent: true,
  succeeded: succeedsWith(0),
  timeLimit: requestTimeout,
  limits,
  failures,
} as const;
