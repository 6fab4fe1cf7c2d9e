import { unlimitedCaller } from "../../../src/contract/credentials.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/core/json.js";
import { isObjectList, type CaseAdapter } from "./adapter.js";

/** The collection of `schemas`: the cases name it so. */
const collectionName = "book";

export const vectorAdapter: CaseAdapter = {
  toMutation({ path }, body) {
    const operation = path.endsWith("/upsert") ? "upsertEntities" : path.endsWith("/insert") ? "insertRecords" : undefined;
    if (operation === undefined || !isJsonObject(body)) return undefined;
    const { collectionName: collection, dbName } = body;
    const records = isJsonObject(body["data"]) ? [body["data"]] : body["data"];
    if (typeof collection !== "string" || collection === "" || !isObjectList(records)) return undefined;
    if (dbName !== undefined && dbName !== null && typeof dbName !== "string") return undefined;
    return { operation, records, target: { collectionName: collection, ...(typeof dbName === "string" ? { dbName } : {}) } };
  },
  insertRows: (rows, schema) => {
    const { collectionName: name = collectionName, dbName = null } = schema;
    return { method: "POST", path: "/v1/vector/insert", body: { dbName, collectionName: name, data: rows } };
  },
  toDefinitions: (schema) => [{ collectionName, ...schema }],
  callers: (given) =>
    new Map([
      ["root:Milvus", unlimitedCaller("root")],
      ...given.users.map(({ name, password, privileges }) => [`${name}:${password}`, { principal: name, scopes: privileges.map(toScope), grants: "all" }] as const),
    ]),
  spaces: (given) => {
    const aliases: JsonObject = Array.isArray(given.aliases) ? Object.fromEntries(given.aliases.map((alias) => [alias, collectionName])) : { ...given.aliases };
    const extra = given.databases.map((name) => ({ name, definition: {} }));
    return Object.keys(aliases).length === 0 ? extra : [{ name: "default", definition: { aliases } }, ...extra];
  },
  settings: { maxRecords: "INSERT_MAX_RECORDS" },
  notServedYet: /^\/v1\/vector\/(?:collections(?:\/create|\/describe|\/drop)?|get|delete)$|^\/v2\/vectordb\//,
  readReply: (body) => {
    if (!isJsonObject(body)) return {};
    const data: JsonValue | undefined = body["data"];
    const reply = isJsonObject(data) ? data : {};
    const ids = reply["insertIds"] ?? reply["upsertIds"];
    const count = reply["insertCount"] ?? reply["upsertCount"];
    return {
      code: body["code"],
      message: body["message"],
      count: typeof count === "number" ? count : undefined,
      ids: Array.isArray(ids) ? ids : undefined,
    };
  },
};

/** The server's own messages name a privilege with its kind in front. */
function toScope(privilege: string): string {
  return privilege.replace(/^Privilege/, "");
}
