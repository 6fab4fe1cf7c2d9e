import { isJsonObject, type JsonObject } from "../../../src/core/json.js";
import { isObjectList, type CaseAdapter } from "./adapter.js";

export const altatechAdapter: CaseAdapter = {
  toMutation({ path }, body) {
    if (!path.endsWith("/import/records") || !isJsonObject(body)) return undefined;
    const { table_id, records } = body;
    if (typeof table_id !== "string" || !isObjectList(records)) return undefined;
    return { operation: "insertRecords", target: { table_id }, records: records.map(unwrap) };
  },
  insertRows: (rows, schema) => ({
    method: "POST",
    path: "/v1/database/import/records",
    body: { table_id: schema["table_id"] ?? null, records: rows.map((values) => ({ values })) },
  }),
  toDefinitions: (schema) => [schema],
  access: () => ({ tokens: { "app-000000000000000000000001": {} } }),
  spaces: () => [],
  settings: { callsPerMinute: "CALLS_PER_MINUTE", maxRecords: "MAX_RECORDS" },
  readReply: (body) => {
    if (!isJsonObject(body)) return {};
    const { code, message, data } = body;
    return { code, message, ...(Array.isArray(data) ? { count: data.length, ids: data } : {}) };
  },
};

function unwrap(record: JsonObject): JsonObject {
  const { values, ...rest } = record;
  return isJsonObject(values) && Object.keys(rest).length === 0 ? values : record;
}
