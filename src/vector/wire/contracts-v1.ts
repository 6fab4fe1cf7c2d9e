import { z } from "zod";
import { collectionBody, deleteBody, getBody, writeBody } from "./body.js";
import { createBodyV1 } from "./create-v1.js";
import { succeeded, succeedsWith } from "./dialect.js";
import { ofDefinitions, vectorFailures as failures } from "../failures/vector-failures.js";
import { descriptionReply, emptyReply, insertReply, namesReply, rowsReply, upsertReply } from "./replies.js";
import { defineRoute, limitsOfWrite, otherLimits as limits, type WriteLimits } from "./route.js";
import type { RequiredMembers } from "./shape-refusal.js";

export interface VectorContractOptions {
  /** The documents that the writes of the first version and the whole second version come from. */
  readonly source: { readonly v1: string; readonly v2: string };
  readonly limits: { readonly insert: WriteLimits; readonly upsert: WriteLimits };
}

/** All of them are named, whichever is missing. */
function required(...names: readonly string[]): RequiredMembers {
  return requiredAs(names, names);
}

/** @param shown what the message calls them */
function requiredAs(names: readonly string[], shown: readonly string[]): RequiredMembers {
  const explain = () => ({ required: shown.join(", ") });
  return { names, explain, refuse: (_missing, violations) => failures.refuse("missing-parameters", explain(), violations) };
}

const companion = {
  source: "The server's own internal/distributed/proxy/httpserver/handler_v1.go",
  idempotent: true,
  succeeded: succeedsWith(200),
  limits,
  failures,
} as const;
const get = { ...companion, method: "GET", body: z.unknown() } as const;
const post = { ...companion, method: "POST" } as const;

/** The first version of the interface; what differs between the members of the family are the limits of the writes. */
export function defineV1Contracts({ source: { v1: source }, limits: { insert, upsert } }: VectorContractOptions) {
  const write = { ...post, source, succeeded, body: writeBody, required: required("collectionName", "data") } as const;
  return {
    insert: defineRoute({
      ...write,
      name: "insert",
      operation: "insertRecords",
      summary: "Adds entities to a collection; an existing key is not looked for.",
      path: "/v1/vector/insert",
      requiredScope: "Insert",
      reply: insertReply,
      idempotent: false,
      limits: limitsOfWrite("insert", insert),
    }),
    upsert: defineRoute({
      ...write,
      name: "upsert",
      operation: "upsertEntities",
      summary: "Adds entities to a collection and replaces those with the same primary key.",
      path: "/v1/vector/upsert",
      requiredScope: "Upsert",
      reply: upsertReply,
      limits: limitsOfWrite("upsert", upsert),
    }),
    list: defineRoute({
      ...get,
      name: "list-collections",
      summary: "Names the collections of the database in the query parameter `dbName`.",
      path: "/v1/vector/collections",
      requiredScope: "ShowCollections",
      required: required(),
      reply: namesReply,
    }),
    create: defineRoute({
      ...post,
      name: "create-collection",
      summary: "Creates a collection with a generated key and one vector; once more with the same parameters changes nothing.",
      path: "/v1/vector/collections/create",
      requiredScope: "CreateCollection",
      body: createBodyV1,
      required: required("collectionName", "dimension"),
      reply: emptyReply,
      failures: ofDefinitions(failures),
    }),
    describe: defineRoute({
      ...get,
      name: "describe-collection",
      summary: "Describes the collection in the query parameter `collectionName`, of the database in `dbName`.",
      path: "/v1/vector/collections/describe",
      requiredScope: "DescribeCollection",
      required: required("collectionName"),
      reply: descriptionReply,
    }),
    drop: defineRoute({
      ...post,
      name: "drop-collection",
      summary: "Deletes a collection with its entities.",
      path: "/v1/vector/collections/drop",
      requiredScope: "DropCollection",
      body: collectionBody,
      required: required("collectionName"),
      reply: emptyReply,
    }),
    get: defineRoute({
      ...post,
      name: "get-entities",
      summary: "Reads entities by their primary keys; keys that nothing has are passed over.",
      path: "/v1/vector/get",
      requiredScope: "Query",
      body: getBody,
      required: required("collectionName", "id"),
      reply: rowsReply,
    }),
    delete: defineRoute({
      ...post,
      name: "delete-entities",
      summary: "Deletes entities by their primary keys; keys that nothing has are passed over.",
      path: "/v1/vector/delete",
      requiredScope: "Delete",
      body: deleteBody,
      required: requiredAs(["collectionName", "id"], ["collectionName", "id/filter"]),
      reply: emptyReply,
    }),
  };
}
