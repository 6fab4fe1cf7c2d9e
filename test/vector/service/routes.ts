import type { LooseRequest } from "../../contract/loose-request.js";
import type { JsonObject } from "../../../src/json/value.js";

const root = "/v1/vector";

export interface Route {
  readonly privilege: string;
  readonly ask: (collectionName: string, dbName?: string) => LooseRequest;
  /** Whether it is about one collection. */
  readonly named: boolean;
  /** The codes for an unknown database and for a malformed name; absent: 800 and 1100. */
  readonly codes?: readonly [database: number, name: number];
}

interface PostedRoute extends Pick<Route, "privilege" | "codes"> {
  readonly path: string;
  readonly more: JsonObject;
}

const posted: readonly PostedRoute[] = [
  { privilege: "CreateCollection", path: "/v1/vector/collections/create", more: { dimension: 2 } },
  { privilege: "DropCollection", path: "/v1/vector/collections/drop", more: {} },
  { privilege: "Query", path: "/v1/vector/get", more: { id: 1 } },
  { privilege: "Delete", path: "/v1/vector/delete", more: { id: 1 } },
  { privilege: "CreateCollection", path: "/v2/vectordb/collections/create", more: { dimension: 2 } },
  { privilege: "DescribeCollection", path: "/v2/vectordb/collections/describe", more: {} },
  { privilege: "DropCollection", path: "/v2/vectordb/collections/drop", more: {}, codes: [0, 0] },
  { privilege: "Insert", path: "/v2/vectordb/entities/insert", more: { data: [] } },
  { privilege: "Upsert", path: "/v2/vectordb/entities/upsert", more: { data: [] } },
  { privilege: "Query", path: "/v2/vectordb/entities/get", more: { id: 1 } },
  { privilege: "Delete", path: "/v2/vectordb/entities/delete", more: { filter: "id in [1]" } },
  { privilege: "DescribeCollection", path: "/v2/vectordb/collections/has", more: {} },
  { privilege: "GetLoadState", path: "/v2/vectordb/collections/get_load_state", more: {}, codes: [100, 1100] },
  { privilege: "Load", path: "/v2/vectordb/collections/load", more: {} },
  { privilege: "Release", path: "/v2/vectordb/collections/release", more: {} },
  { privilege: "GetStatistics", path: "/v2/vectordb/collections/get_stats", more: {}, codes: [800, 100] },
  {
    privilege: "RenameCollection",
    path: "/v2/vectordb/collections/rename",
    more: { newCollectionName: "novel" },
    codes: [800, 100],
  },
  { privilege: "ShowPartitions", path: "/v2/vectordb/partitions/list", more: {} },
  { privilege: "HasPartition", path: "/v2/vectordb/partitions/has", more: { partitionName: "_default" } },
  { privilege: "CreateIndex", path: "/v2/vectordb/indexes/create", more: { indexParams: [] } },
  { privilege: "IndexDetail", path: "/v2/vectordb/indexes/list", more: {} },
  { privilege: "IndexDetail", path: "/v2/vectordb/indexes/describe", more: { indexName: "i" } },
  { privilege: "DropIndex", path: "/v2/vectordb/indexes/drop", more: { indexName: "i" }, codes: [800, 100] },
  { privilege: "CreateAlias", path: "/v2/vectordb/aliases/create", more: { aliasName: "novel" } },
  { privilege: "CreateAlias", path: "/v2/vectordb/aliases/alter", more: { aliasName: "novel" } },
];

/** What the routes have in common is asked of all of them. */
const routes: readonly Route[] = [
  {
    privilege: "ShowCollections",
    ask: (_name, dbName) => ({ method: "GET", path: `${root}/collections`, query: withoutUndefined({ dbName }) }),
    named: false,
  },
  {
    privilege: "DescribeCollection",
    ask: (collectionName, dbName) => ({
      method: "GET",
      path: `${root}/collections/describe`,
      query: withoutUndefined({ collectionName, dbName }),
    }),
    named: true,
  },
  {
    privilege: "ShowCollections",
    ask: (_name, dbName) => ({ path: "/v2/vectordb/collections/list", body: withoutUndefined({ dbName }) }),
    named: false,
  },
  ...posted.map(({ privilege, path, more, codes }): Route => ({
    privilege,
    ...(codes && { codes }),
    ask: (collectionName, dbName) => ({ path, body: { ...withoutUndefined({ dbName }), collectionName, ...more } }),
    named: true,
  })),
];

function withoutUndefined<Value>(members: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** Each route beside its path, for the names of tests. */
export const labelledRoutes = routes.map((route) => [route.ask("").path, route] as const);
