import { insertGroup, type PreparedInsert } from "./prepared-insert.js";
import { beginUpsertGroup, type PreparedUpsert, upsertGroup } from "./prepared-upsert.js";
import type { StoreParts } from "./store-parts.js";
import { WriteGroups } from "./write-groups.js";

/** The small writes of all requests. */
export interface RecordGroups {
  readonly inserts: WriteGroups<PreparedInsert>;
  readonly upserts: WriteGroups<PreparedUpsert>;
}

export function openRecordGroups(parts: StoreParts): RecordGroups {
  return {
    inserts: new WriteGroups((inserts) => insertGroup(inserts, parts)),
    upserts: new WriteGroups((upserts) => upsertGroup(upserts, parts), beginUpsertGroup),
  };
}
