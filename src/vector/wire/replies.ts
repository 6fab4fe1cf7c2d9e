import { z } from "zod";
import { toDigits } from "../../json/number-text.js";
import { roundedIn } from "../../json/rounded.js";

type Id = string | number | bigint;

/** An id is a text or a whole number, as its digits say: another one would name another entity. */
function isIds(value: unknown): value is readonly Id[] {
  return (
    Array.isArray(value) &&
    roundedIn(value) === undefined &&
    value.every((id) => typeof id === "string" || typeof id === "bigint" || isExactInteger(id))
  );
}

function isExactInteger(id: unknown): boolean {
  return typeof id === "number" && Number.isInteger(id) && Math.abs(id) < 2 ** 63;
}

/** One id per sent record, so there may be many: a single check instead of a schema per id. */
const ids = z
  .custom<readonly Id[]>(isIds, "must be a list of ids")
  .meta({ type: "array", items: { anyOf: [{ type: "string" }, { type: "integer" }] } })
  .transform((list): readonly string[] => list.map((id) => (typeof id === "string" ? id : toDigits(id))));

/** The replies to both writes in one form. */
export interface WrittenEntities {
  readonly count: number;
  readonly ids: readonly string[];
}

export const insertReply: z.ZodType<WrittenEntities> = z
  .object({ data: z.object({ insertCount: z.int().nonnegative(), insertIds: ids }) })
  .transform(({ data }) => ({ count: data.insertCount, ids: data.insertIds }));

export const upsertReply: z.ZodType<WrittenEntities> = z
  .object({ data: z.object({ upsertCount: z.int().nonnegative(), upsertIds: ids }) })
  .transform(({ data }) => ({ count: data.upsertCount, ids: data.upsertIds }));

export const emptyReply = z.object({ data: z.object({}) });
export const namesReply = z.object({ data: z.array(z.string()) });
export const rowsReply = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

export const descriptionReply = z.object({
  data: z.object({
    collectionName: z.string(),
    description: z.string(),
    enableDynamicField: z.boolean(),
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        primaryKey: z.boolean(),
        autoId: z.boolean(),
        nullable: z.boolean(),
      }),
    ),
    indexes: z.array(z.object({ fieldName: z.string(), indexName: z.string(), metricType: z.string() })),
    load: z.string(),
    shardsNum: z.int(),
  }),
});

export const deleteReply = z.object({ data: z.object({ deleteCount: z.int().nonnegative() }) });
export const hasReply = z.object({ data: z.object({ has: z.boolean() }) });
export const statsReply = z.object({ data: z.object({ rowCount: z.int().nonnegative() }) });
export const loadStateReply = z.object({
  data: z.object({ loadState: z.string(), loadProgress: z.int().optional() }),
  message: z.string().optional(),
});
export const aliasReply = z.object({
  data: z.object({ aliasName: z.string(), collectionName: z.string(), dbName: z.string() }),
});
/** It may be beyond 2^53. */
const numericId = z
  .custom<number | bigint>((value) => typeof value === "number" || typeof value === "bigint")
  .meta({ type: "integer" });
const keyValues = z.array(z.object({ key: z.string(), value: z.string() }));
export const databaseReply = z.object({
  data: z.object({ dbID: numericId, dbName: z.string(), properties: keyValues }),
});
export const indexesReply = z.object({
  data: z.array(
    z.object({
      fieldName: z.string(),
      indexName: z.string(),
      indexType: z.string(),
      metricType: z.string(),
      indexState: z.string(),
      indexParams: keyValues,
      totalRows: z.int(),
      indexedRows: z.int(),
      pendingRows: z.int(),
    }),
  ),
});
