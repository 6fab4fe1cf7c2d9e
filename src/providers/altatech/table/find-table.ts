import type { ProviderCollections } from "../../../contract/provider-store.js";
import { hasGrant, type ProviderCaller } from "../../../core/access/caller.js";
import type { Collection } from "../../../core/collection.js";
import { matchesSpaceName } from "../../../core/access/visibility.js";
import { altatechFailures } from "../failures.js";
import { defaultBot } from "./table.js";

/** A key belongs to one bot and reaches the tables of that bot. */
export function belongsTo(caller: ProviderCaller, table: Collection): boolean {
  return hasGrant(caller, table.spaceName);
}

/** The bot in whose name a key creates tables. @throws RefusalError when the key has none */
export function botOf({ grants, visible }: ProviderCaller): string {
  const bot = grants === "all" ? defaultBotOf(visible) : grants[0];
  if (bot === undefined) throw altatechFailures.refuse("bot-not-accessible");
  return bot;
}

/** The default bot, or the first one of a caller that cannot see it. */
function defaultBotOf(visible: ProviderCaller["visible"]): string | undefined {
  const spaces = visible?.manage ?? "all";
  if (matchesSpaceName(spaces, defaultBot) || spaces === "all") return defaultBot;
  return spaces.flatMap((pattern) => ("name" in pattern ? [pattern.name] : []))[0];
}

/** @throws RefusalError */
export async function findTable(
  collections: ProviderCollections,
  { table_id, caller }: { readonly table_id: string; readonly caller: ProviderCaller },
): Promise<Collection> {
  const table = await collections.findByName(table_id);
  if (table === undefined) throw altatechFailures.refuse("table-not-found");
  if (!belongsTo(caller, table)) throw altatechFailures.refuse("table-not-accessible");
  return table;
}
