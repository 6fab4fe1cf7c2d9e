import type { z } from "zod";
import type { KeyOperation } from "../../core/access/caller.js";
import type { WriteOperation } from "../../core/write.js";
import type { Check } from "../../contract/check.js";
import type { Contract, Limit } from "../../contract/contract.js";
import { defineContract } from "../../contract/define-contract.js";
import type { FailureTable } from "../../contract/failures/failure-table.js";
import { mebibyte } from "../../contract/limits.js";
import type { ContractReply } from "../../contract/message.js";
import { countBodyRows } from "./body.js";
import type { Privilege } from "../definition/privileges.js";
import { vectorDialect } from "./dialect.js";
import type { VectorRow } from "../failures/vector-failures.js";
import { createShapeRefusal, type RequiredMembers } from "./shape-refusal.js";

type VectorLimit = Limit<"request-size" | "rows">;

/** The operation of a key that stands for each privilege. */
const operationOfPrivilege = {
  Insert: "write",
  Upsert: "write",
  Delete: "write",
  Query: "read",
  ShowCollections: "read",
  DescribeCollection: "read",
  CreateCollection: "manage",
  DropCollection: "manage",
  GetLoadState: "read",
  Load: "manage",
  Release: "manage",
  GetStatistics: "read",
  RenameCollection: "manage",
  ShowPartitions: "read",
  HasPartition: "read",
  CreateIndex: "manage",
  IndexDetail: "read",
  DropIndex: "manage",
  CreateAlias: "manage",
  DescribeAlias: "read",
  ListAliases: "read",
  DropAlias: "manage",
  CreateDatabase: "manage",
  DescribeDatabase: "read",
  ListDatabases: "read",
  DropDatabase: "manage",
} as const satisfies Record<Privilege, KeyOperation>;

/** The differences between the endpoints of the family. */
export interface VectorRoute<Body extends z.ZodType, Reply extends z.ZodType, Path extends string> {
  readonly name: string;
  /** Present for the endpoints behind the GraphQL mutations. */
  readonly operation?: WriteOperation;
  readonly summary: string;
  readonly source: string;
  /** With GET the required members are query parameters. */
  readonly method: "GET" | "POST";
  readonly path: Path;
  /** The privilege that the caller needs in the database. */
  readonly requiredScope: Privilege;
  readonly body: Body;
  readonly required: RequiredMembers;
  readonly reply: Reply;
  readonly succeeded: (reply: ContractReply) => boolean;
  readonly idempotent: boolean;
  /** The header with the time for a call; absent: the endpoint does not know one. */
  readonly timeLimit?: Check<VectorRow, never, "time-limit">;
  readonly limits: readonly VectorLimit[];
  readonly failures: FailureTable<VectorRow>;
}

/** Declares an endpoint with the checks of the family, in their order. */
export function defineVectorRoute<Body extends z.ZodType, Reply extends z.ZodType, const Path extends string>({
  required,
  timeLimit,
  ...route
}: VectorRoute<Body, Reply, Path>): Contract<Body, Reply, Path> {
  const capsRows = route.limits.some(({ name }) => name === "rows");
  return defineContract({
    ...route,
    keyOperation: operationOfPrivilege[route.requiredScope],
    dialect: vectorDialect,
    // A privilege is valid in one database, which the request names.
    scopeCheckedBy: "service",
    status: 200,
    checks: [
      { check: "caller", missing: "accepted", failure: "not-authenticated" },
      ...(timeLimit === undefined ? [] : [timeLimit]),
      { check: "limit", limit: "request-size", failure: "request-too-large" },
      ...(route.method === "GET"
        ? queryChecks(required)
        : [{ check: "body", syntaxFailure: "not-json", refuseShape: createShapeRefusal(required) } as const]),
      ...(capsRows ? [{ check: "limit", limit: "rows", failure: "too-many-rows" } as const] : []),
    ],
  });
}

function queryChecks({ names, explain }: RequiredMembers) {
  return names.map(
    (parameter) =>
      ({
        check: "query",
        parameter,
        failure: "missing-parameters",
        parameters: explain([parameter]),
      }) as const satisfies Check,
  );
}

export interface WriteLimits {
  readonly maxBytes: number;
  /** Absent: no limit unless configured. */
  readonly maxRecords?: number;
}

const settingOf = { insert: "INSERT", upsert: "UPSERT" } as const;

export function limitsOfWrite(
  name: keyof typeof settingOf,
  { maxBytes, maxRecords }: WriteLimits,
): readonly VectorLimit[] {
  const setting = settingOf[name];
  return [
    {
      name: "request-size",
      setting: `${setting}_MAX_BYTES` as const,
      max: maxBytes,
      unit: "bytes",
      description: `size of the body of an ${name}`,
    },
    {
      name: "rows",
      setting: `${setting}_MAX_RECORDS` as const,
      max: maxRecords,
      unit: "records",
      description: `rows of an ${name}`,
      measure: countBodyRows,
    },
  ];
}

export const otherLimits: readonly VectorLimit[] = [
  {
    name: "request-size",
    setting: "REQUEST_MAX_BYTES",
    max: 64 * mebibyte,
    unit: "bytes",
    description: "size of the body of every call but inserts and upserts",
  },
];
