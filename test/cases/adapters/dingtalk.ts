import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../../src/core/json.js";
import { showValue } from "../../../src/contract/json.js";
import { buildPath, matchPath } from "../../../src/contract/paths.js";
import { insertRecords } from "../../../src/providers/dingtalk/contract.js";
import { isObjectList, type CaseAdapter } from "./adapter.js";

export const dingtalkAdapter: CaseAdapter = {
  toMutation({ path, query }, body) {
    const place = matchPath(insertRecords.path, path);
    const records = isJsonObject(body) ? body["records"] : undefined;
    if (place === undefined || !isObjectList(records)) return undefined;
    const fields = records.map((record) => record["fields"] ?? null);
    if (!isObjectList(fields)) return undefined;
    const { operatorId = "", clientToken } = query;
    return { operation: "insertRecords", records: fields, target: { ...place, operatorId: String(operatorId), ...(typeof clientToken === "string" ? { clientToken } : {}) } };
  },
  insertRows: (rows, schema) => {
    const [sheet] = listOf(schema["sheets"]);
    const path = buildPath(insertRecords.path, { baseId: showValue(schema["baseId"]), sheetIdOrName: showValue(sheet?.["id"]) });
    return { method: "POST", path, body: { records: rows.map((fields) => ({ fields })) } };
  },
  /** A base gets its sheets one by one. */
  toDefinitions: ({ tokens: _tokens, apps: _apps, ...schema }) => listOf(schema["sheets"]).map((sheet) => ({ ...schema, sheets: [sheet] })),
  access: (_given, { tokens = {}, apps = [] }) => ({ tokens, apps }),
  /** What another case left of the base goes. */
  spaces: (_given, { baseId }) => (typeof baseId === "string" ? [{ name: baseId, definition: {} }] : []),
  settings: { maxRecords: "MAX_RECORDS", callsPerSecond: "CALLS_PER_SECOND", allowedAddresses: "ALLOWED_ADDRESSES", unknownOption: "UNKNOWN_OPTION" },
  readReply: (body) => {
    if (!isJsonObject(body)) return {};
    const { code, message, value } = body;
    return { code, message, ...(isJsonArray(value) ? { count: value.length, ids: listOf(value).map(({ id = null }) => id) } : {}) };
  },
};

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return isObjectList(value) ? value : [];
}
