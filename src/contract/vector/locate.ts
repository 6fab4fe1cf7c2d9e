import { isJsonObject } from "../../core/json.js";
import type { Collection, CollectionStore, Space } from "../../core/collection.js";
import { shorten } from "../shorten.js";
import { findUnstorableText } from "../storable.js";
import { defaultDatabase } from "./definition.js";
import { refuse } from "./failures.js";
import { findNameProblem, type NameProblem } from "./names.js";

const nameFailures = {
  length: "collection-name-length",
  start: "collection-name-start",
  characters: "collection-name-characters",
} as const satisfies Record<NameProblem, string>;

export interface Wanted {
  readonly provider: string;
  readonly database: string;
  /** Or an alias. */
  readonly collection: string;
}

/** @throws Refusal: the database first, then the name, then the collection */
export async function locateCollection(store: CollectionStore, { provider, database, collection: name }: Wanted): Promise<Collection> {
  if (findUnstorableText(database) !== undefined) throw refuse("database-not-found", { database: shorten(database) });
  const problem = findNameProblem(name);
  const { space, collection } = await store.locate(provider, database, problem === undefined ? name : "");
  if (space === undefined && database !== defaultDatabase) throw refuse("database-not-found", { database: shorten(database) });
  if (problem !== undefined) {
    const violation = { field: "collectionName", rule: `name-${problem}`, message: `${shorten(name)} is no name of a collection` };
    throw refuse(nameFailures[problem], { collection: shorten(name) }, [violation]);
  }
  if (collection !== undefined) return collection;
  const aliased = aliasOf(space, name);
  const found = aliased === undefined ? undefined : (await store.locate(provider, database, aliased)).collection;
  if (found === undefined) throw refuse("collection-not-found", { database, collection: name });
  return found;
}

/** A database keeps its aliases in its definition: `{ "aliases": { "<alias>": "<collection>" } }`. */
function aliasOf(space: Space | undefined, name: string): string | undefined {
  const aliases = space?.definition["aliases"];
  const aliased = isJsonObject(aliases) && Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  return typeof aliased === "string" ? aliased : undefined;
}
