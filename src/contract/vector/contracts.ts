import { z } from "zod";
import type { WriteOperation } from "../../core/write.js";
import { defineContract, type Contract, type Limit } from "../contract.js";
import { countRows, refuseShape, writeBody } from "./body.js";
import { dialect, succeeded } from "./dialect.js";
import { vectorFailures } from "./failures.js";

export interface WriteLimits {
  readonly maxBytes: number;
  /** Absent: none unless configured. */
  readonly maxRecords?: number;
}

export interface VectorContractOptions {
  /** The document the contract comes from. */
  readonly source: string;
  readonly limits: { readonly insert: WriteLimits; readonly upsert: WriteLimits };
}

const id = z.union([z.string(), z.int(), z.bigint()]).transform(String);

const insertReply = z
  .object({ data: z.object({ insertCount: z.int().nonnegative(), insertIds: z.array(id) }) })
  .transform(({ data }) => ({ count: data.insertCount, ids: data.insertIds }));

const upsertReply = z
  .object({ data: z.object({ upsertCount: z.int().nonnegative(), upsertIds: z.array(id) }) })
  .transform(({ data }) => ({ count: data.upsertCount, ids: data.upsertIds }));

/** What both replies say, in one form. */
export interface Written {
  readonly count: number;
  readonly ids: readonly string[];
}

type WriteContract = Contract<typeof writeBody, z.ZodType<Written>>;

export interface VectorContracts {
  readonly insert: WriteContract;
  readonly upsert: WriteContract;
}

/** The two routes of the family; what differs between its members are the limits. */
export function defineVectorContracts(options: VectorContractOptions): VectorContracts {
  const insert = defineWrite(options, {
    name: "insert",
    operation: "insertRecords",
    summary: "Adds entities to a collection; an existing key is not looked for.",
    reply: insertReply,
    idempotent: false,
    requiredScope: "Insert",
  });
  const upsert = defineWrite(options, {
    name: "upsert",
    operation: "upsertEntities",
    summary: "Adds entities to a collection and replaces those with the same primary key.",
    reply: upsertReply,
    idempotent: true,
    requiredScope: "Upsert",
  });
  return { insert, upsert };
}

interface WriteRoute {
  readonly name: "insert" | "upsert";
  readonly operation: WriteOperation;
  readonly summary: string;
  readonly reply: z.ZodType<Written>;
  readonly idempotent: boolean;
  readonly requiredScope: string;
}

function defineWrite({ source, limits }: VectorContractOptions, route: WriteRoute): WriteContract {
  return defineContract({
    ...route,
    source,
    method: "POST",
    path: `/v1/vector/${route.name}`,
    dialect,
    body: writeBody,
    status: 200,
    succeeded,
    limits: toLimits(route.name, limits[route.name]),
    checks: [
      { check: "caller", missing: "accepted", failure: "not-authenticated" },
      { check: "limit", limit: "request-size", failure: "request-too-large" },
      { check: "body", syntaxFailure: "not-json", refuseShape },
      { check: "limit", limit: "rows", failure: "too-many-rows" },
    ],
    failures: vectorFailures,
  });
}

function toLimits(name: string, { maxBytes, maxRecords }: WriteLimits): readonly Limit[] {
  const setting = name.toUpperCase();
  return [
    { name: "request-size", setting: `${setting}_MAX_BYTES`, max: maxBytes, unit: "bytes", description: `size of the body of an ${name}` },
    { name: "rows", setting: `${setting}_MAX_RECORDS`, max: maxRecords, unit: "records", description: `rows of an ${name}`, measure: countRows },
  ];
}
