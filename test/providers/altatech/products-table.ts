import type { JsonObject } from "../../../src/json/value.js";
import { tableId } from "./altatech-service.js";

export const table: JsonObject = {
  table_id: tableId,
  name: "products",
  bot_id: "shop",
  fields: [
    { name: "id", type: "TEXT", required: true, unique: true },
    { name: "note", type: "TEXT" },
    { name: "count", type: "INT" },
  ],
};

export function rows(count: number, note: string): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({ values: { id: String(index), note } }));
}
