import { z } from "zod";
import { isJsonArray, isJsonObject, type JsonValue } from "../../json/value.js";
import { listOf } from "../../contract/schema/list-of.js";
import { defaultDatabase } from "../definition/definition.js";
import type { Row } from "../collection/row-reader.js";

/** Members that do not change what a call means are ignored. */
const databaseName = z.string().nullish().describe(`The database; missing or null means \`${defaultDatabase}\`.`);
const collectionName = z.string().min(1).describe("The collection or an alias of it.");

/** A null among the rows is refused later, with the code for rows. */
function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.every((row) => row === null || isJsonObject(row));
}

function isData(value: unknown): value is Row | readonly Row[] {
  return isJsonObject(value) || isRows(value);
}

const rowListSchema = { type: "array", items: { type: "object" } } as const;

export const databaseBody = z.object({ dbName: databaseName });

export const collectionBody = databaseBody.extend({ collectionName });

export const writeBody = collectionBody.extend({
  data: z
    .custom<Row | readonly Row[]>(isData)
    .meta({ anyOf: [{ type: "object" }, rowListSchema], description: "One row or a list of rows." }),
});

/** How an upsert treats the entities with its keys. */
const mergeMembers = {
  partialUpdate: z
    .boolean()
    .nullish()
    .describe("Whether fields that a row does not name keep their stored values. Default: false, they are replaced."),
  fieldOps: listOf(z.object({ fieldName: z.string().nullish(), op: z.string().nullish() }))
    .nullish()
    .describe("Per field of a partial update; `REPLACE` is the only operation."),
};

export const upsertBody = writeBody.extend(mergeMembers);

const partitionName = z.string().nullish().describe("`_default`, the partition that every collection has.");

export const rowsBody = collectionBody.extend({
  partitionName,
  data: z.custom<readonly Row[]>(isRows).meta({ ...rowListSchema, description: "A list of rows." }),
});

export const upsertRowsBody = rowsBody.extend(mergeMembers);

/** A body of null is an empty object to the second version. */
export function nullAsEmpty<Body extends z.ZodObject>(body: Body) {
  return z.preprocess((value) => (value === null ? {} : value), body);
}

const primaryKeys = z
  .custom<JsonValue>((value) => value !== undefined && value !== null)
  .describe("A primary key or a list of them; integers also as text.");

export const getBody = collectionBody.extend({
  id: primaryKeys,
  outputFields: listOf(z.string())
    .nullish()
    .describe("The members of a row in the reply, besides its primary key; `*`, the default, selects all."),
});

export const getRowsBody = getBody.extend({
  partitionName,
  partitionNames: listOf(z.string()).nullish().describe("Partitions of the collection; absent or empty: all."),
});

const servedFilters = "A filter of the form `key in [..]` or `key == ..`; others are refused.";

export const deleteBody = collectionBody
  .extend({
    id: primaryKeys.nullish(),
    filter: z.string().nullish().describe(`${servedFilters} It takes precedence over \`id\`.`),
  })
  .refine(({ id, filter }) => (id ?? (filter || undefined)) !== undefined, { path: ["id"] });

export const filterBody = collectionBody.extend({
  filter: z.string().min(1).describe(servedFilters),
  exprParams: z.record(z.string(), z.custom<JsonValue>()).nullish().describe("Values for `{name}` in the filter."),
  partitionName,
});

export function toRows(data: Row | readonly Row[]): readonly Row[] {
  return isJsonArray(data) ? data : [data];
}

/** Counts the rows of a body before its schema parses it. */
export function countBodyRows(body: JsonValue): number {
  const data = isJsonObject(body) ? body["data"] : undefined;
  return isJsonArray(data) ? data.length : 1;
}
