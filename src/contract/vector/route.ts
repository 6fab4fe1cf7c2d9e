import type { z } from "zod";
import type { WriteOperation } from "../../core/write.js";
import { defineContract, type Check, type Contract, type Limit } from "../contract.js";
import type { FailureRow } from "../failures.js";
import { mebibyte } from "../limits.js";
import type { ContractReply } from "../message.js";
import { countRows } from "./body.js";
import { dialect } from "./dialect.js";
import { createShapeRefusal, type RequiredMembers } from "./shape-refusal.js";

/** What differs between the endpoints of the family. */
export interface Route<Body extends z.ZodType, Reply extends z.ZodType> {
  readonly name: string;
  /** Only of the endpoints that GraphQL writes through. */
  readonly operation?: WriteOperation;
  readonly summary: string;
  readonly source: string;
  /** With GET the required members are query parameters. */
  readonly method: "GET" | "POST";
  readonly path: string;
  /** The privilege that the caller needs in the database. */
  readonly requiredScope: string;
  readonly body: Body;
  readonly required: RequiredMembers;
  readonly reply: Reply;
  readonly succeeded: (reply: ContractReply) => boolean;
  readonly idempotent: boolean;
  readonly limits: readonly Limit[];
  readonly failures: readonly FailureRow[];
}

/** Every endpoint of the family checks the same things in the same order. */
export function defineRoute<Body extends z.ZodType, Reply extends z.ZodType>({ required, ...route }: Route<Body, Reply>): Contract<Body, Reply> {
  const capsRows = route.limits.some(({ name }) => name === "rows");
  return defineContract({
    ...route,
    dialect,
    status: 200,
    checks: [
      { check: "caller", missing: "accepted", failure: "not-authenticated" },
      { check: "limit", limit: "request-size", failure: "request-too-large" },
      ...(route.method === "GET" ? queryChecks(required) : [{ check: "body", syntaxFailure: "not-json", refuseShape: createShapeRefusal(required) } as const]),
      ...(capsRows ? [{ check: "limit", limit: "rows", failure: "too-many-rows" } as const] : []),
    ],
  });
}

function queryChecks({ names, explain }: RequiredMembers): readonly Check[] {
  return names.map((parameter) => ({ check: "query", parameter, failure: "missing-parameters", parameters: explain([parameter]) }));
}

export interface WriteLimits {
  readonly maxBytes: number;
  /** Absent: none unless configured. */
  readonly maxRecords?: number;
}

export function limitsOfWrite(name: "insert" | "upsert", { maxBytes, maxRecords }: WriteLimits): readonly Limit[] {
  const setting = name.toUpperCase();
  return [
    { name: "request-size", setting: `${setting}_MAX_BYTES`, max: maxBytes, unit: "bytes", description: `size of the body of an ${name}` },
    { name: "rows", setting: `${setting}_MAX_RECORDS`, max: maxRecords, unit: "records", description: `rows of an ${name}`, measure: countRows },
  ];
}

export const otherLimits: readonly Limit[] = [
  { name: "request-size", setting: "REQUEST_MAX_BYTES", max: 64 * mebibyte, unit: "bytes", description: "size of the body of what is neither an insert nor an upsert" },
];
