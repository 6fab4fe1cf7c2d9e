import type { ProviderCollections } from "../../../contract/provider-store.js";
import { hasGrant, type Caller } from "../../../core/caller.js";
import type { Collection } from "../../../core/collection.js";
import { altatechFailures } from "../failures.js";
import { defaultBot } from "./table.js";

/** A key belongs to one bot and reaches the tables of that bot. */
export function belongsTo(caller: Caller, table: Collection): boolean {
  return hasGrant(caller, table.spaceName);
}

/** The bot in whose name a key creates tables. @throws RefusalError when the key has none */
export function botOf({ grants }: Caller): string {
  const bot = grants === "all" ? defaultBot : grants[0];
  if (bot === undefined) throw altatechFailures.refuse("bot-not-accessible");
  return bot;
}

/** @throws RefusalError */
export async function findTable(
  collections: ProviderCollections,
  { table_id, caller }: { readonly table_id: string; readonly caller: Caller },
): Promise<Collection> {
  const table = await collections.findByName(table_id);
  if (table === undefined) throw altatechFailures.refuse("table-not-found");
  if (!belongsTo(caller, table)) throw altatechFailures.refuse("table-not-accessible");
  return table;
}
