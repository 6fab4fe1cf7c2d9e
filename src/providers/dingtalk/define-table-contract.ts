import type { z } from "zod";
import type { Contract } from "../../contract/contract.js";
import { defineContract } from "../../contract/define-contract.js";
import { extendFailures } from "../../contract/failures/failure-table.js";
import { dingtalkDialect, type Scope } from "./dialect.js";
import { dingtalkFailures, missingRow, missingSource, type MandatoryMember } from "./failures.js";
import { bodyCheck, platformChecks } from "./platform-checks.js";

type TableContractDeclaration<Body extends z.ZodType, Reply extends z.ZodType, Path extends string> = Pick<
  Contract<Body, Reply, Path>,
  "name" | "keyOperation" | "summary" | "path" | "body" | "reply" | "idempotent"
> & {
  /** A GET contract has no body. */
  readonly method: "GET" | "POST";
  readonly scope: Scope;
  readonly mandatory?: readonly MandatoryMember[];
};

/**
 * Declares an endpoint of the table service beside the insert: dialect, checks of the platform and failures are the same for
 * all.
 */
export function defineTableContract<Body extends z.ZodType, Reply extends z.ZodType, const Path extends string>(
  companion: TableContractDeclaration<Body, Reply, Path>,
): Contract<Body, Reply, Path> {
  const { scope, mandatory = [], ...declaration } = companion;
  return defineContract({
    ...declaration,
    source: "DingTalk AI Table (Notable) v1",
    dialect: dingtalkDialect,
    status: 200,
    succeeded: ({ body }) => declaration.reply.safeParse(body).success,
    requiredScope: scope,
    limits: [],
    checks: [...platformChecks, ...(declaration.method === "POST" ? [bodyCheck(mandatory)] : [])],
    failures: extendFailures(dingtalkFailures, { source: missingSource, rows: mandatory.map(missingRow) }),
  });
}
