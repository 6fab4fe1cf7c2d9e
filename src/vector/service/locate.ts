import { type Soon, whenReady } from "../../core/soon.js";
import { isJsonObject } from "../../json/value.js";
import type { Collection, Space } from "../../core/collection.js";
import type { CollectionLookUps } from "../../contract/remembered-look-ups.js";
import { shorten } from "../../json/quote.js";
import { defaultDatabase } from "../definition/definition.js";
import { vectorFailures } from "../failures/vector-failures.js";
import { findNameFault, type NameFault } from "../definition/name-faults.js";
import type { NamesCollection, PermittedRequest } from "./permitted-request.js";

const nameFailures = {
  length: "collection-name-length",
  start: "collection-name-start",
  characters: "collection-name-characters",
} as const satisfies Record<NameFault, string>;

export interface CollectionPath {
  readonly database: string;
  /** The name of the collection or one of its aliases. */
  readonly collection: string;
  readonly nameFirst: boolean;
}

/** The collection of a request, in the order of its version. */
export function pathOf({ version, database, body }: PermittedRequest<NamesCollection>): CollectionPath {
  return { database, collection: body.collectionName, nameFirst: version.judgesNameFirst };
}

export interface NamedCollection {
  /** Absent for the default database before its first collection. */
  readonly space?: Space;
  readonly collection?: Collection;
  /** Whether the requested name is an alias of the collection. */
  readonly isAlias: boolean;
}

/** @throws RefusalError for an unknown database */
export async function locateDatabase(store: CollectionLookUps, database: string): Promise<Space | undefined> {
  return (await locateIn(store, { database, collection: "" })).space;
}

/** @throws RefusalError: the database and the name, in the order of the version */
export function locateByName(store: CollectionLookUps, wanted: CollectionPath): Soon<NamedCollection> {
  const { collection: name } = wanted;
  if (wanted.nameFirst) checkCollectionName(name);
  const problem = findNameFault(name);
  const { database } = wanted;
  return whenReady(locateIn(store, { database, collection: problem === undefined ? name : "" }), (found) => {
    checkCollectionName(name);
    return resolveAlias(store, wanted, found);
  });
}

/** A look-up that does not refuse: nothing is found by a malformed name or in a database that does not exist. */
export async function findByAnyName(
  store: CollectionLookUps,
  { database, collection }: Omit<CollectionPath, "nameFirst">,
): Promise<NamedCollection> {
  return resolveAlias(store, { database, collection }, await store.locate(database, collection));
}

/** Answers a malformed name like an unknown one. @throws RefusalError: the database first, then the collection */
export async function locateUnjudged(
  store: CollectionLookUps,
  { database, collection: name }: Omit<CollectionPath, "nameFirst">,
): Promise<Collection> {
  await locateDatabase(store, database);
  const { collection } = await findByAnyName(store, { database, collection: name });
  if (collection !== undefined) return collection;
  throw vectorFailures.refuse("collection-absent", { database: shorten(database), collection: shorten(name) });
}

function resolveAlias(
  store: CollectionLookUps,
  { database, collection: name }: Omit<CollectionPath, "nameFirst">,
  { space, collection }: Omit<NamedCollection, "isAlias">,
): Soon<NamedCollection> {
  if (collection !== undefined) return { space, collection, isAlias: false };
  const [, aliased] = findAlias(space, name) ?? [];
  if (aliased === undefined) return { space, collection, isAlias: false };
  return whenReady(store.locate(database, aliased), (found) => ({
    space,
    collection: found.collection,
    isAlias: true,
  }));
}

/** @throws RefusalError */
export function checkCollectionName(name: string, field = "collectionName"): void {
  const problem = findNameFault(name);
  if (problem === undefined) return;
  const violation = { field, rule: `name-${problem}`, message: `${shorten(name)} is not a name of a collection` };
  throw vectorFailures.refuse(nameFailures[problem], { collection: shorten(name) }, [violation]);
}

/** The rows for a collection that does not exist: the server has several texts. */
type AbsentRow = "collection-not-found" | "collection-absent";

/** @throws RefusalError: the database and the name, in the order of the version, then the collection */
export function locateCollection(
  store: CollectionLookUps,
  wanted: CollectionPath,
  absent: AbsentRow = "collection-not-found",
): Soon<NamedCollection & { readonly collection: Collection }> {
  return whenReady(locateByName(store, wanted), ({ space, collection, isAlias }) => {
    if (collection === undefined)
      throw vectorFailures.refuse(absent, { database: wanted.database, collection: wanted.collection });
    return { space, collection, isAlias };
  });
}

export function aliasesOf(space: Space | undefined, collection: string): readonly string[] {
  return aliasesIn(space).flatMap(([alias, aliased]) => (aliased === collection ? [alias] : []));
}

function locateIn(
  store: CollectionLookUps,
  { database, collection }: Omit<CollectionPath, "nameFirst">,
): Soon<Omit<NamedCollection, "isAlias">> {
  return whenReady(store.locate(database, collection), (found) => {
    if (found.space === undefined && database !== defaultDatabase)
      throw vectorFailures.refuse("database-not-found", { database: shorten(database) });
    return found;
  });
}

/** A database keeps its aliases in its definition: `{ "aliases": { "<alias>": "<collection>" } }`. */
export function aliasesIn(space: Space | undefined): readonly (readonly [alias: string, collection: string])[] {
  const aliases = space?.definition["aliases"];
  if (!isJsonObject(aliases)) return [];
  return Object.entries(aliases).flatMap(([alias, collection]) =>
    typeof collection === "string" ? [[alias, collection] as const] : [],
  );
}

export function findAlias(space: Space | undefined, alias: string) {
  return aliasesIn(space).find(([each]) => each === alias);
}
