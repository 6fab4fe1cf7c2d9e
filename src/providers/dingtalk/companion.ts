import type { z } from "zod";
import { defineContract, type Contract, type ContractDeclaration } from "../../contract/contract.js";
import { dialect } from "./dialect.js";
import { failures, missingRow } from "./failures.js";
import { bodyCheck, gatewayChecks } from "./gateway.js";

type Companion<Body extends z.ZodType, Reply extends z.ZodType> = Pick<
  ContractDeclaration<Body, Reply>,
  "name" | "summary" | "path" | "body" | "reply" | "idempotent"
> & {
  /** A GET has no body. */
  readonly method: "GET" | "POST";
  readonly scope: string;
  readonly mandatory?: readonly string[];
};

/** What every endpoint of the table service has beside the insert. */
export function defineCompanion<Body extends z.ZodType, Reply extends z.ZodType>(companion: Companion<Body, Reply>): Contract<Body, Reply> {
  const { scope, mandatory = [], ...declaration } = companion;
  return defineContract({
    ...declaration,
    source: "DingTalk AI Table (Notable) v1",
    dialect,
    status: 200,
    succeeded: ({ body }) => declaration.reply.safeParse(body).success,
    requiredScope: scope,
    limits: [],
    checks: [...gatewayChecks(scope), ...(declaration.method === "POST" ? [bodyCheck(mandatory)] : [])],
    failures: [...failures, ...mandatory.map(missingRow)],
  });
}
