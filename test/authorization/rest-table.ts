import type { Query } from "../../src/contract/message.js";
import type { JsonObject, JsonValue } from "../../src/json/value.js";
import type { LivePlace } from "./world.js";

/** A call of an endpoint for a place, and the sign of its success. */
export interface RestRow {
  readonly call: (place: LivePlace, fresh: string) => RestCall;
  /**
   * `shows`: the reply contains the word of the place. `changes`: the stored state changes. `succeeds`: the status.
   * `tells`: the reply contains the text, which only one who sees the place gets.
   */
  readonly sign: "shows" | "changes" | "succeeds" | { readonly tells: string };
  /** A call without a place: it may succeed in a space of the caller, and must not change the place. */
  readonly anywhere?: true;
  /** The endpoint itself checks the secrets in its body, so every caller gets the same answer. */
  readonly public?: true;
}

export interface RestCall {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Query;
  readonly body?: JsonValue;
}

const vectorTarget = ({ target }: LivePlace) => ({ ...target });
const vectorQuery = ({ target }: LivePlace): Query => ({
  collectionName: target["collectionName"] ?? "",
  dbName: target["dbName"] ?? "",
});
const rows = ({ word, target }: LivePlace) => ({
  ...target,
  data: [{ id: 7, title: `${word} row`, vector: [3, 4] }],
});
const otherRows = ({ word, target }: LivePlace, fresh: string) => ({
  ...target,
  data: [{ id: Number(fresh), title: `${word} row`, vector: [3, 4] }],
});
const newCollection = ({ word, target }: LivePlace, fresh: string) => ({
  ...target,
  collectionName: `${word}_${fresh}`,
  dimension: 2,
});

const vectorRows: Readonly<Record<string, RestRow>> = {
  insert: { call: (place) => ({ body: rows(place) }), sign: "changes" },
  upsert: { call: (place, fresh) => ({ body: otherRows(place, fresh) }), sign: "changes" },
  "list-collections": { call: (place) => ({ query: vectorQuery(place) }), sign: "shows" },
  "create-collection": { call: (place, fresh) => ({ body: newCollection(place, fresh) }), sign: "changes" },
  "describe-collection": { call: (place) => ({ query: vectorQuery(place) }), sign: "shows" },
  "drop-collection": { call: (place) => ({ body: vectorTarget(place) }), sign: "changes" },
  "get-entities": { call: (place) => ({ body: { ...vectorTarget(place), id: [1] } }), sign: "shows" },
  "delete-entities": { call: (place) => ({ body: { ...vectorTarget(place), id: [1] } }), sign: "changes" },
  "v2-create-collection": { call: (place, fresh) => ({ body: newCollection(place, fresh) }), sign: "changes" },
  "v2-describe-collection": { call: (place) => ({ body: vectorTarget(place) }), sign: "shows" },
  "v2-drop-collection": { call: (place) => ({ body: vectorTarget(place) }), sign: "changes" },
  "v2-list-collections": { call: (place) => ({ body: { dbName: place.space } }), sign: "shows" },
  "v2-insert": { call: (place) => ({ body: rows(place) }), sign: "changes" },
  "v2-upsert": { call: (place, fresh) => ({ body: otherRows(place, fresh) }), sign: "changes" },
  "v2-get-entities": { call: (place) => ({ body: { ...vectorTarget(place), id: [1] } }), sign: "shows" },
};

/** A call of the second version of the vector interface, about the place's collection. */
const aboutVectors = (
  sign: RestRow["sign"],
  more: (place: LivePlace, fresh: string) => JsonObject = () => ({}),
): RestRow => ({
  call: (place, fresh) => ({ body: { ...vectorTarget(place), ...more(place, fresh) } }),
  sign,
});
const nameOf = ({ target }: LivePlace) => target["collectionName"] ?? "";

const companionRows: Readonly<Record<string, RestRow>> = {
  "v2-delete-entities": aboutVectors("changes", ({ recordKey }) => ({ filter: `id in [${recordKey}]` })),
  "v2-has-collection": aboutVectors({ tells: '"has":true' }),
  "v2-get-load-state": aboutVectors({ tells: "LoadStateNotLoad" }),
  "v2-load-collection": aboutVectors({ tells: "index not found" }),
  "v2-release-collection": aboutVectors("succeeds"),
  "v2-get-stats": aboutVectors("succeeds"),
  "v2-rename-collection": aboutVectors("changes", ({ word }, fresh) => ({ newCollectionName: `${word}_${fresh}` })),
  "v2-list-partitions": aboutVectors({ tells: "_default" }),
  "v2-has-partition": aboutVectors("succeeds", () => ({ partitionName: "_default" })),
  "v2-create-indexes": aboutVectors("succeeds", () => ({ indexParams: [{ fieldName: "title" }] })),
  "v2-describe-index": aboutVectors({ tells: "index not found" }, () => ({ indexName: "nothing" })),
  "v2-list-indexes": aboutVectors("succeeds"),
  "v2-drop-index": aboutVectors("succeeds", () => ({ indexName: "title" })),
  "v2-create-alias": aboutVectors({ tells: "alias and collection name conflict" }, (place) => ({
    aliasName: nameOf(place),
  })),
  "v2-describe-alias": aboutVectors({ tells: "alias not found" }, () => ({ aliasName: "nothing" })),
  "v2-list-aliases": aboutVectors("succeeds"),
  "v2-alter-alias": aboutVectors({ tells: "alias not found" }, () => ({ aliasName: "nothing" })),
  "v2-drop-alias": aboutVectors("succeeds", () => ({ aliasName: "nothing" })),
  "v2-list-databases": aboutVectors("shows"),
  "v2-create-database": aboutVectors({ tells: "database already exist" }),
  "v2-describe-database": aboutVectors("shows"),
  "v2-drop-database": aboutVectors({ tells: "must drop all collections" }),
};

const tableIdOf = ({ target }: LivePlace) => ({ table_id: target["table_id"] ?? "" });

const altatechRows: Readonly<Record<string, RestRow>> = {
  import: {
    call: (place) => ({ body: { ...tableIdOf(place), records: [{ title: "row" }] } }),
    sign: "changes",
  },
  "import-results": { call: ({ taskId }) => ({ query: { ids: taskId } }), sign: "shows" },
  // A key creates tables of a bot of its own: the request names none.
  "create-table": {
    call: (_place, fresh) => ({
      body: { name: `t_${fresh}`, description: "", fields: [{ name: "title", description: "", type: "TEXT" }] },
    }),
    sign: "succeeds",
    anywhere: true,
  },
  "records-page": { call: (place) => ({ body: tableIdOf(place) }), sign: "shows" },
};

const inSheet = ({ target }: LivePlace) => ({
  path: { baseId: target["baseId"] ?? "", sheetIdOrName: target["sheetIdOrName"] ?? "" },
  query: { operatorId: target["operatorId"] ?? "" },
});

const dingtalkRows: Readonly<Record<string, RestRow>> = {
  insert: {
    call: (place) => ({ ...inSheet(place), body: { records: [{ fields: { Title: "row" } }] } }),
    sign: "changes",
  },
  "list-sheets": { call: inSheet, sign: "shows" },
  "create-sheet": { call: (place, fresh) => ({ ...inSheet(place), body: { name: `s${fresh}` } }), sign: "changes" },
  "list-fields": { call: inSheet, sign: "succeeds" },
  "create-field": {
    call: (place, fresh) => ({ ...inSheet(place), body: { name: `f${fresh}`, type: "text" } }),
    sign: "changes",
  },
  "list-records": { call: (place) => ({ ...inSheet(place), body: {} }), sign: "shows" },
  "get-record": {
    call: (place) => ({ ...inSheet(place), path: { ...inSheet(place).path, recordId: place.recordKey } }),
    sign: "shows",
  },
  "changed-record-ids": {
    call: (place) => ({ ...inSheet(place), body: { clientToken: place.clientToken } }),
    sign: "succeeds",
  },
  "access-token": {
    call: () => ({ body: { appKey: "app", appSecret: "secret" } }),
    sign: "succeeds",
    public: true,
  },
};

const atTable = ({ target }: LivePlace) => ({ path: { tableReference: target["tableReference"] ?? "" } });
const atUpload = ({ target }: LivePlace) => ({
  path: { tableReference: target["tableReference"] ?? "", uploadName: target["uploadName"] ?? "" },
});

const redivisRows: Readonly<Record<string, RestRow>> = {
  insertRows: { call: (place) => ({ ...atUpload(place), body: { rows: [{ title: "row" }] } }), sign: "changes" },
  createUpload: {
    call: (place, fresh) => ({
      ...atTable(place),
      body: { name: `u${fresh}`, type: "stream", schema: [{ name: "title", type: "string" }] },
    }),
    sign: "changes",
  },
  getUpload: { call: atUpload, sign: "shows" },
  headUpload: { call: atUpload, sign: "succeeds" },
  deleteUpload: { call: atUpload, sign: "changes" },
  listUploads: { call: atTable, sign: "shows" },
  getTable: { call: atTable, sign: "shows" },
  headTable: { call: atTable, sign: "succeeds" },
};

/** A row for every endpoint, by provider and name of the contract. */
export const restTable: Readonly<Record<string, Readonly<Record<string, RestRow>>>> = {
  zilliz: { ...vectorRows, ...companionRows },
  milvus: { ...vectorRows, ...companionRows },
  altatech: altatechRows,
  dingtalk: dingtalkRows,
  redivis: redivisRows,
};
