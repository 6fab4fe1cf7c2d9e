import type { ProviderStore } from "../../../contract/provider-store.js";
import type { CallOf, ServiceReply } from "../../../contract/service.js";
import type { Collection } from "../../../core/collection.js";
import type { JsonObject } from "../../../json/value.js";
import type { StoredRecord } from "../../../core/record.js";
import { sha256 } from "../../../core/sha256.js";
import { findTable } from "./find-table.js";
import type { readRecordsContract } from "./table-contracts.js";
import { readTable, tables } from "./table.js";

const defaultPageSize = 10;

export async function readRecords(
  { collections, records }: ProviderStore,
  { body, caller }: CallOf<typeof readRecordsContract>,
): Promise<ServiceReply> {
  const table = await findTable(collections, { table_id: body.table_id, caller });
  const first = body.page_size ?? defaultPageSize;
  const skip = ((body.page ?? 1) - 1) * first;
  const [totalCount = 0] = await records.countRecords([table]);
  // A page beyond the last is answered without a query: its number has no limit.
  const { items } = skip < totalCount ? await records.listRecords(table, { first, skip }) : { items: [] };
  return {
    body: {
      code: 0,
      message: "OK",
      data: {
        table_info: toTableInfo(table),
        records: items.map((record) => toRecord(table, record)),
        total_count: totalCount,
      },
    },
  };
}

/** The store has no projects and owners: each bot gets a project and an owner of its own, derived from its name. */
function toTableInfo({ name: id, spaceName: bot, definition }: Collection): JsonObject {
  const { name, description = "", fields } = readTable(definition);
  return {
    id,
    name,
    description,
    field_count: fields.length,
    fields: definition["fields"] ?? [],
    bot_id: bot,
    project_id: toHexId(`project of ${bot}`),
    owner_id: toHexId(`owner of ${bot}`),
  };
}

function toHexId(text: string): string {
  return sha256(text).slice(0, 24);
}

/**
 * Record ids start here, like those of the service beyond 2^53: a client that reads ids as numbers fails against the
 * embedded service too.
 */
const smallestId = 500_000_000_000_000_000n;

function toRecord(table: Collection, record: StoredRecord): JsonObject {
  const insertedAt = record.insertedAt.getTime();
  return {
    id: String(smallestId + record.number),
    value: tables.toFields(table, record),
    created_at: insertedAt,
    updated_at: insertedAt,
  };
}
