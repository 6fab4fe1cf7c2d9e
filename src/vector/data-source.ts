import { z } from "zod";
import { defineDataSource, type DataSourceKind } from "../contract/data-source.js";
import type { ContractResult } from "../contract/call.js";
import { defaultDatabase } from "./definition/definition.js";
import type { VectorContracts } from "./wire/contracts.js";
import type { WrittenEntities } from "./wire/replies.js";
import type { JsonObject } from "../json/value.js";

/** The target of a write. */
const collectionTarget = z.strictObject({
  collectionName: z.string().describe("The collection to write to, or an alias of it."),
  dbName: z.string().optional().describe("The database the collection is in; `default` if not given."),
});

const upsertTarget = collectionTarget.extend({
  partialUpdate: z
    .boolean()
    .optional()
    .describe(
      "Whether fields that a record does not name keep their stored values. Default: false, an upsert replaces the whole entity. Real servers before 2.6 ignore it.",
    ),
});

/** Requests ids as text, which keeps every digit. */
const int64AsNumbers = { "accept-type-allow-int64": "false" };

export function createVectorDataSource({ v1: { insert, upsert } }: VectorContracts): DataSourceKind {
  return defineDataSource({
    target: collectionTarget,
    upsertTarget,
    toSpace: ({ dbName = defaultDatabase }) => dbName,
    insertRecords: { contract: insert, toCall, toReceipt },
    upsertEntities: { contract: upsert, toCall, toReceipt },
  });
}

function toCall({
  target: { collectionName, dbName, partialUpdate },
  records,
}: {
  readonly target: z.output<typeof collectionTarget> & Partial<z.output<typeof upsertTarget>>;
  readonly records: readonly JsonObject[];
}) {
  return {
    headers: int64AsNumbers,
    body: {
      ...(dbName === undefined ? {} : { dbName }),
      collectionName,
      data: records,
      ...(partialUpdate && { partialUpdate }),
    },
  };
}

function toReceipt({ reply: { count, ids } }: ContractResult<WrittenEntities>) {
  return { status: "stored", count, ids } as const;
}
