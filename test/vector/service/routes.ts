import type { LooseRequest } from "../../contract/loose-request.js";
import type { JsonObject } from "../../../src/json/value.js";

const root = "/v1/vector";

export interface Route {
  readonly privilege: string;
  readonly ask: (collectionName: string, dbName?: string) => LooseRequest;
  /** Whether it is about one collection. */
  readonly named: boolean;
}

const posted: readonly { readonly privilege: string; readonly path: string; readonly more: JsonObject }[] = [
  { privilege: "CreateCollection", path: "/v1/vector/collections/create", more: { dimension: 2 } },
  { privilege: "DropCollection", path: "/v1/vector/collections/drop", more: {} },
  { privilege: "Query", path: "/v1/vector/get", more: { id: 1 } },
  { privilege: "Delete", path: "/v1/vector/delete", more: { id: 1 } },
  { privilege: "CreateCollection", path: "/v2/vectordb/collections/create", more: { dimension: 2 } },
  { privilege: "DescribeCollection", path: "/v2/vectordb/collections/describe", more: {} },
  { privilege: "DropCollection", path: "/v2/vectordb/collections/drop", more: {} },
  { privilege: "Insert", path: "/v2/vectordb/entities/insert", more: { data: [] } },
  { privilege: "Upsert", path: "/v2/vectordb/entities/upsert", more: { data: [] } },
  { privilege: "Query", path: "/v2/vectordb/entities/get", more: { id: 1 } },
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
  ...posted.map(({ privilege, path, more }): Route => ({
    privilege,
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
