import { z } from "zod";
import { collectionBody, deleteBody, getBody, upsertBody, writeBody } from "./body.js";
import { createBodyV1 } from "./create-v1.js";
import { succeededV1Write, succeedsWith } from "./dialect.js";
import { ofDefinitions, vectorFailures as failures } from "../failures/vector-failures.js";
import { descriptionReply, emptyReply, insertReply, namesReply, rowsReply, upsertReply } from "./replies.js";
import { defineVectorRoute, limitsOfWrite, otherLimits as limits, type WriteLimits } from "./route.js";
import type { RequiredMembers } from "./shape-refusal.js";

export interface VectorContractOptions {
  /** The documents behind the writes of the first version and behind the second version. */
  readonly source: { readonly v1: string; readonly v2: string };
  readonly limits: { readonly insert: WriteLimits; readonly upsert: WriteLimits };
}

/** The message names all required members, for any missing one. */
function requiredTogether(...names: readonly string[]): RequiredMembers {
  return requiredAs(names, names);
}

/** @param shown the names in the message */
function requiredAs(names: readonly string[], shown: readonly string[]): RequiredMembers {
  const explain = () => ({ required: shown.join(", ") });
  return {
    names,
    explain,
    refuse: (_missing, violations) => failures.refuse("missing-parameters", explain(), violations),
  };
}

const v1Route = {
  source: "The server's own internal/distributed/proxy/httpserver/handler_v1.go",
  idempotent: true,
  succeeded: succeedsWith(200),
  limits,
  failures,
} as const;
const v1GetRoute = { ...v1Route, method: "GET", body: z.unknown() } as const;
const v1PostRoute = { ...v1Route, method: "POST" } as const;

/** The first version of the interface. The members of the family differ in the limits of the writes. */
export function defineV1Contracts({ source: { v1: source }, limits: { insert, upsert } }: VectorContractOptions) {
  const write = {
    ...v1PostRoute,
    source,
    succeeded: succeededV1Write,
    body: writeBody,
    required: requiredTogether("collectionName", "data"),
  } as const;
  return {
    insert: defineVectorRoute({
      ...write,
      name: "insert",
      operation: "insertRecords",
      summary: "Adds entities to a collection, without a check for existing keys.",
      path: "/v1/vector/insert",
      requiredScope: "Insert",
      reply: insertReply,
      idempotent: false,
      limits: limitsOfWrite("insert", insert),
    }),
    upsert: defineVectorRoute({
      ...write,
      name: "upsert",
      operation: "upsertEntities",
      summary: "Adds entities to a collection and replaces those with the same primary key.",
      path: "/v1/vector/upsert",
      requiredScope: "Upsert",
      body: upsertBody,
      reply: upsertReply,
      limits: limitsOfWrite("upsert", upsert),
    }),
    list: defineVectorRoute({
      ...v1GetRoute,
      name: "list-collections",
      summary: "Lists the collections of the database in the query parameter `dbName`.",
      path: "/v1/vector/collections",
      requiredScope: "ShowCollections",
      required: requiredTogether(),
      reply: namesReply,
    }),
    create: defineVectorRoute({
      ...v1PostRoute,
      name: "create-collection",
      summary:
        "Creates a collection with a generated key and one vector; a repeat with the same parameters succeeds without a change.",
      path: "/v1/vector/collections/create",
      requiredScope: "CreateCollection",
      body: createBodyV1,
      required: requiredTogether("collectionName", "dimension"),
      reply: emptyReply,
      failures: ofDefinitions(failures),
    }),
    describe: defineVectorRoute({
      ...v1GetRoute,
      name: "describe-collection",
      summary: "Describes the collection in the query parameter `collectionName`, of the database in `dbName`.",
      path: "/v1/vector/collections/describe",
      requiredScope: "DescribeCollection",
      required: requiredTogether("collectionName"),
      reply: descriptionReply,
    }),
    drop: defineVectorRoute({
      ...v1PostRoute,
      name: "drop-collection",
      summary: "Deletes a collection with its entities.",
      path: "/v1/vector/collections/drop",
      requiredScope: "DropCollection",
      body: collectionBody,
      required: requiredTogether("collectionName"),
      reply: emptyReply,
    }),
    get: defineVectorRoute({
      ...v1PostRoute,
      name: "get-entities",
      summary: "Reads entities by their primary keys; unknown keys are ignored.",
      path: "/v1/vector/get",
      requiredScope: "Query",
      body: getBody,
      required: requiredTogether("collectionName", "id"),
      reply: rowsReply,
    }),
    delete: defineVectorRoute({
      ...v1PostRoute,
      name: "delete-entities",
      summary: "Deletes entities by their primary keys, or by a filter on them; unknown keys are ignored.",
      path: "/v1/vector/delete",
      requiredScope: "Delete",
      body: deleteBody,
      required: requiredAs(["collectionName", "id"], ["collectionName", "id/filter"]),
      reply: emptyReply,
    }),
  };
}
