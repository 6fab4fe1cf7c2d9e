import {
  collectionBody,
  databaseBody,
  filterBody,
  getRowsBody,
  nullAsEmpty,
  rowsBody,
  upsertRowsBody,
} from "./body.js";
import { defineCollectionCompanions } from "./companions/collection-contracts.js";
import { defineDatabaseContracts } from "./companions/database-contracts.js";
import { defineSchemaCompanions } from "./companions/schema-contracts.js";
import type { VectorContractOptions } from "./contracts-v1.js";
import { createBodyV2 } from "./create-v2.js";
import { ofDefinitions, vectorFailuresV2 as failures } from "../failures/vector-failures.js";
import {
  deleteReply,
  descriptionReply,
  emptyReply,
  insertReply,
  namesReply,
  rowsReply,
  upsertReply,
} from "./replies.js";
import { defineVectorRoute, limitsOfWrite } from "./route.js";
import { requiredByValidator, v2Route } from "./required-members.js";

/** The endpoints of clients that write; the rest of the second version of the interface is not served. */
export function defineV2Contracts({ source: { v2: source }, limits: { insert, upsert } }: VectorContractOptions) {
  const route = { ...v2Route, source } as const;
  return {
    create: defineVectorRoute({
      ...route,
      name: "v2-create-collection",
      summary:
        "Creates a collection from a schema, or with a key and one vector; a repeat with the same parameters succeeds without a change.",
      path: "/v2/vectordb/collections/create",
      requiredScope: "CreateCollection",
      body: nullAsEmpty(createBodyV2),
      required: requiredByValidator("CollectionReq", "collectionName"),
      reply: emptyReply,
      failures: ofDefinitions(failures),
    }),
    describe: defineVectorRoute({
      ...route,
      name: "v2-describe-collection",
      summary: "Describes a collection.",
      path: "/v2/vectordb/collections/describe",
      requiredScope: "DescribeCollection",
      body: nullAsEmpty(collectionBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: descriptionReply,
    }),
    drop: defineVectorRoute({
      ...route,
      name: "v2-drop-collection",
      summary: "Deletes a collection with its entities.",
      path: "/v2/vectordb/collections/drop",
      requiredScope: "DropCollection",
      body: nullAsEmpty(collectionBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: emptyReply,
    }),
    list: defineVectorRoute({
      ...route,
      name: "v2-list-collections",
      summary: "Lists the collections of a database.",
      path: "/v2/vectordb/collections/list",
      requiredScope: "ShowCollections",
      body: nullAsEmpty(databaseBody),
      required: requiredByValidator("DatabaseReq"),
      reply: namesReply,
    }),
    insert: defineVectorRoute({
      ...route,
      name: "v2-insert",
      summary: "Adds entities to a collection, without a check for existing keys.",
      path: "/v2/vectordb/entities/insert",
      requiredScope: "Insert",
      body: nullAsEmpty(rowsBody),
      required: requiredByValidator("CollectionDataReq", "collectionName", "data"),
      reply: insertReply,
      idempotent: false,
      limits: limitsOfWrite("insert", insert),
    }),
    upsert: defineVectorRoute({
      ...route,
      name: "v2-upsert",
      summary:
        "Adds entities to a collection and replaces those with the same primary key; a generated key is replaced by a new one.",
      path: "/v2/vectordb/entities/upsert",
      requiredScope: "Upsert",
      body: nullAsEmpty(upsertRowsBody),
      required: requiredByValidator("CollectionDataReq", "collectionName", "data"),
      reply: upsertReply,
      idempotent: false,
      limits: limitsOfWrite("upsert", upsert),
    }),
    get: defineVectorRoute({
      ...route,
      name: "v2-get-entities",
      summary: "Reads entities by their primary keys; unknown keys are ignored.",
      path: "/v2/vectordb/entities/get",
      requiredScope: "Query",
      body: nullAsEmpty(getRowsBody),
      required: requiredByValidator("CollectionIDReq", "collectionName", "id"),
      reply: rowsReply,
    }),
    delete: defineVectorRoute({
      ...route,
      name: "v2-delete-entities",
      summary: "Deletes the entities that a filter on the primary key selects; unknown keys are ignored.",
      path: "/v2/vectordb/entities/delete",
      requiredScope: "Delete",
      body: nullAsEmpty(filterBody),
      required: requiredByValidator("CollectionFilterReq", "collectionName", "filter"),
      reply: deleteReply,
    }),
    ...defineCollectionCompanions(source),
    ...defineSchemaCompanions(source),
    ...defineDatabaseContracts(source),
  };
}
