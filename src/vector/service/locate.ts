import { isJsonObject } from "../../json/value.js";
import type { Collection, Space } from "../../core/collection.js";
import type { ProviderCollections } from "../../contract/provider-store.js";
import { shorten } from "../../json/quote.js";
import { defaultDatabase } from "../definition/definition.js";
import { vectorFailures } from "../failures/vector-failures.js";
import { findNameFault, type NameFault } from "../definition/name-faults.js";

const nameFailures = {
  length: "collection-name-length",
  start: "collection-name-start",
  characters: "collection-name-characters",
} as const satisfies Record<NameFault, string>;

export interface CollectionPath {
  readonly database: string;
  /** The name of the collection or one of its aliases. */
  readonly collection: string;
}

export interface LocatedCollection {
  /** Absent for the default database before its first collection. */
  readonly space?: Space;
  readonly collection?: Collection;
  /** Whether the requested name is an alias of the collection. */
  readonly isAlias: boolean;
}

/** @throws RefusalError for an unknown database */
export async function locateDatabase(store: ProviderCollections, database: string): Promise<void> {
  await locateIn(store, { database, collection: "" });
}

/** @throws RefusalError: the database first, then the name */
export async function locateByName(store: ProviderCollections, wanted: CollectionPath): Promise<LocatedCollection> {
  const { collection: name } = wanted;
  const problem = findNameFault(name);
  const { space, collection } = await locateIn(store, { ...wanted, collection: problem === undefined ? name : "" });
  if (problem !== undefined) {
    const violation = { field: "collectionName", rule: `name-${problem}`, message: `${shorten(name)} is not a name of a collection` };
    throw vectorFailures.refuse(nameFailures[problem], { collection: shorten(name) }, [violation]);
  }
  const [, aliased] = aliasesIn(space).find(([alias]) => alias === name) ?? [];
  if (collection !== undefined || aliased === undefined) return { space, collection, isAlias: false };
  return { space, collection: (await locateIn(store, { ...wanted, collection: aliased })).collection, isAlias: true };
}

/** @throws RefusalError: the database first, then the name, then the collection */
export async function locateCollection(store: ProviderCollections, wanted: CollectionPath): Promise<LocatedCollection & { readonly collection: Collection }> {
  const { collection, ...located } = await locateByName(store, wanted);
  if (collection === undefined) throw vectorFailures.refuse("collection-not-found", { database: wanted.database, collection: wanted.collection });
  return { ...located, collection };
}

export function aliasesOf(space: Space | undefined, collection: string): readonly string[] {
  return aliasesIn(space).flatMap(([alias, aliased]) => (aliased === collection ? [alias] : []));
}

async function locateIn(store: ProviderCollections, { database, collection }: CollectionPath): Promise<Omit<LocatedCollection, "isAlias">> {
  const found = await store.locate(database, collection);
  if (found.space === undefined && database !== defaultDatabase) throw vectorFailures.refuse("database-not-found", { database: shorten(database) });
  return found;
}

/** A database keeps its aliases in its definition: `{ "aliases": { "<alias>": "<collection>" } }`. */
function aliasesIn(space: Space | undefined): readonly (readonly [alias: string, collection: string])[] {
  const aliases = space?.definition["aliases"];
  if (!isJsonObject(aliases)) return [];
  return Object.entries(aliases).flatMap(([alias, collection]) => (typeof collection === "string" ? [[alias, collection] as const] : []));
}
