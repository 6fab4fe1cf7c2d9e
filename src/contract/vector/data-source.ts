import { z } from "zod";
import type { Connect, ContractClient } from "../client.js";
import type { DataSource, Write } from "../provider.js";
import type { VectorContracts } from "./contracts.js";
import type { Written } from "./replies.js";

/** Where a write goes. */
export const target = z.strictObject({
  collectionName: z.string().describe("The collection to write to, or an alias of it."),
  dbName: z.string().optional().describe("The database the collection is in; `default` if not given."),
});

export function createVectorDataSource({ v1: { insert, upsert } }: VectorContracts, connect: Connect): DataSource {
  return { insertRecords: toWrite(connect(insert)), upsertEntities: toWrite(connect(upsert)) };
}

/** Ids are asked for as text, which carries every digit. */
const idsAsText = { "accept-type-allow-int64": "false" };

function toWrite(client: ContractClient<Written>): Write {
  return async (command, signal) => {
    const { collectionName, dbName } = target.parse(command.target);
    const body = { ...(dbName === undefined ? {} : { dbName }), collectionName, data: command.records };
    const { reply, collectionId } = await client({ headers: idsAsText, body, origin: command.origin }, signal);
    return { status: "stored", count: reply.count, skippedCount: 0, ids: reply.ids, warnings: [], replayed: false, collectionId };
  };
}
