import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/core/json.js";
import type { WriteOperation } from "../../../src/core/write.js";
import { isObjectList, type CaseAdapter } from "./adapter.js";

const operations: ReadonlyMap<string, WriteOperation> = new Map([
  ["/v1/vector/insert", "insertRecords"],
  ["/v1/vector/upsert", "upsertEntities"],
]);

/** The collection of `schemas`: the cases name it so. */
const collectionName = "book";

export const vectorAdapter: CaseAdapter = {
  toMutation({ path }, body) {
    const operation = operations.get(path);
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
  access: (given) => ({ users: [{ name: "root", password: "Milvus" }, ...given.users] }),
  spaces: (given) => {
    const aliases: JsonObject = Array.isArray(given.aliases) ? Object.fromEntries(given.aliases.map((alias) => [alias, collectionName])) : { ...given.aliases };
    const extra = given.databases.map((name) => ({ name, definition: {} }));
    return Object.keys(aliases).length === 0 ? extra : [{ name: "default", definition: { aliases } }, ...extra];
  },
  settings: { maxRecords: "INSERT_MAX_RECORDS" },
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
