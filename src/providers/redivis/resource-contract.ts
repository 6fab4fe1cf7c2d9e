import { z } from "zod";
import type { ContractReply } from "../../contract/message.js";
import { isJsonObject } from "../../json/value.js";
import { basePath, readChecks, redivisSource } from "./contract.js";
import { redivisDialect } from "./dialect.js";
import { redivisFailures } from "./failures.js";

export const tablePath = `${basePath}/tables/{tableReference}` as const;

function hasNoError({ status, body }: ContractReply): boolean {
  return status < 300 && !(isJsonObject(body) && "error" in body);
}

/** The common part of the contracts beside the insert. */
export const resourceContract = {
  source: redivisSource,
  dialect: redivisDialect,
  succeeded: hasNoError,
  idempotent: true,
  failures: redivisFailures,
} as const;

/** The common part of the contracts without a body. */
export const bodilessContract = {
  ...resourceContract,
  body: z.unknown(),
  status: 200,
  limits: [],
  checks: readChecks,
} as const;
