import { z } from "zod";
import { showValue } from "../../../src/contract/json.js";
import { buildPath, matchPath } from "../../../src/contract/paths.js";
import { isJsonObject, type JsonObject } from "../../../src/core/json.js";
import { insertRows } from "../../../src/providers/redivis/contract.js";
import { toDatasetDefinition } from "../../../src/providers/redivis/dataset.js";
import { isObjectList, type CaseAdapter } from "./adapter.js";

/** A schema makes no upload, one or several; a collection is one. */
const schemaForm = z.object({
  tokens: z.record(z.string(), z.object({ scope: z.array(z.string()), canEdit: z.array(z.string()) })),
  owner: z.string(),
  dataset: z.object({ name: z.string(), id: z.string(), released: z.array(z.string()), next: z.boolean(), visibility: z.enum(["public", "private"]) }),
  table: z.object({ name: z.string(), id: z.string(), uploads: z.array(z.custom<JsonObject>(isJsonObject)) }),
});

export const redivisAdapter: CaseAdapter = {
  toMutation({ path }, body) {
    const target = matchPath(insertRows.path, path);
    const records = isJsonObject(body) ? body["rows"] : undefined;
    return target === undefined || !isObjectList(records) ? undefined : { operation: "insertRecords", target, records };
  },
  insertRows: (rows, schema) => {
    const { owner, dataset, table } = schemaForm.parse(schema);
    const reference = `${owner}.${dataset.name}:${dataset.id}:next.${table.name}:${table.id}`;
    const [upload] = table.uploads;
    const path = buildPath(insertRows.path, { tableReference: reference, uploadName: showValue(upload?.["name"]) });
    return { method: "POST", path, body: { rows } };
  },
  toDefinitions: (schema) => {
    const { owner, dataset, table } = schemaForm.parse(schema);
    return table.uploads.map((upload) => ({ owner, dataset, table: { ...table, uploads: [upload] } }));
  },
  access: (_given, { tokens = {} }) => ({ tokens }),
  spaces: (_given, schema) => [toDatasetDefinition(schemaForm.parse(schema))],
  settings: { "rateLimit.requests": "RATE_LIMIT_REQUESTS", "rateLimit.perSeconds": "RATE_LIMIT_SECONDS" },
  readReply: (body) => {
    if (!isJsonObject(body)) return {};
    const { error, error_description: message, rowsAdded } = body;
    return { code: error, message, count: typeof rowsAdded === "number" ? rowsAdded : undefined };
  },
};
