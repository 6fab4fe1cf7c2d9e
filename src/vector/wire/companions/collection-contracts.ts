import { collectionBody, nullAsEmpty } from "../body.js";
import { loadStateBody, renameBody } from "./companion-bodies.js";
import { ofDefinitions, vectorFailuresV2 as failures } from "../../failures/vector-failures.js";
import { emptyReply, hasReply, loadStateReply, statsReply } from "../replies.js";
import { requiredByValidator, v2Route } from "../required-members.js";
import { defineVectorRoute } from "../route.js";

/** What clients ask of a collection around their writes. */
export function defineCollectionCompanions(source: string) {
  const route = { ...v2Route, source } as const;
  return {
    has: defineVectorRoute({
      ...route,
      name: "v2-has-collection",
      summary: "Tells whether a collection exists.",
      path: "/v2/vectordb/collections/has",
      requiredScope: "DescribeCollection",
      body: nullAsEmpty(collectionBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: hasReply,
    }),
    getLoadState: defineVectorRoute({
      ...route,
      name: "v2-get-load-state",
      summary: "Tells whether a collection is described as loaded.",
      path: "/v2/vectordb/collections/get_load_state",
      requiredScope: "GetLoadState",
      body: nullAsEmpty(loadStateBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: loadStateReply,
    }),
    load: defineVectorRoute({
      ...route,
      name: "v2-load-collection",
      summary: "Describes a collection as loaded; every collection is served.",
      path: "/v2/vectordb/collections/load",
      requiredScope: "Load",
      body: nullAsEmpty(collectionBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: emptyReply,
    }),
    release: defineVectorRoute({
      ...route,
      name: "v2-release-collection",
      summary: "Describes a collection as not loaded; it is served nevertheless.",
      path: "/v2/vectordb/collections/release",
      requiredScope: "Release",
      body: nullAsEmpty(collectionBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: emptyReply,
    }),
    getStats: defineVectorRoute({
      ...route,
      name: "v2-get-stats",
      summary: "Counts the entities of a collection.",
      path: "/v2/vectordb/collections/get_stats",
      requiredScope: "GetStatistics",
      body: nullAsEmpty(collectionBody),
      required: requiredByValidator("CollectionNameReq", "collectionName"),
      reply: statsReply,
    }),
    rename: defineVectorRoute({
      ...route,
      name: "v2-rename-collection",
      summary: "Gives a collection another name, or another database; entities, indexes and aliases stay.",
      path: "/v2/vectordb/collections/rename",
      requiredScope: "RenameCollection",
      body: nullAsEmpty(renameBody),
      required: requiredByValidator("RenameCollectionReq", "collectionName", "newCollectionName"),
      reply: emptyReply,
      failures: ofDefinitions(failures),
    }),
  };
}
