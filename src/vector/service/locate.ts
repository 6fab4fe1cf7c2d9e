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
export async function locateByName(store: CollectionLookUps, wanted: CollectionPath): Promise<NamedCollection> {
  const { collection: name } = wanted;
  if (wanted.nameFirst) checkCollectionName(name);
  const problem = findNameFault(name);
  const { space, collection } = await locateIn(store, { ...wanted, collection: problem === undefined ? name : "" });
  checkCollectionName(name);
  return resolveAlias(store, wanted, { space, collection });
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

async function resolveAlias(
  store: CollectionLookUps,
  { database, collection: name }: Omit<CollectionPath, "nameFirst">,
  { space, collection }: Omit<NamedCollection, "isAlias">,
): Promise<NamedCollection> {
  if (collection !== undefined) return { space, collection, isAlias: false };
  const [, aliased] = findAlias(space, name) ?? [];
  if (aliased === undefined) return { space, collection, isAlias: false };
  return { space, collection: (await store.locate(database, aliased)).collection, isAlias: true };
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
export async function locateCollection(
  store: CollectionLookUps,
  wanted: CollectionPath,
  absent: AbsentRow = "collection-not-found",
): Promise<NamedCollection & { readonly collection: Collection }> {
  const { collection, ...located } = await locateByName(store, wanted);
  if (collection === undefined)
    throw vectorFailures.refuse(absent, { database: wanted.database, collection: wanted.collection });
  return { ...located, collection };
}

export function aliasesOf(space: Space | undefined, collection: string): readonly string[] {
  return aliasesIn(space).flatMap(([alias, aliased]) => (aliased === collection ? [alias] : []));
}

async function locateIn(
  store: CollectionLookUps,
  { database, collection }: Omit<CollectionPath, "nameFirst">,
): Promise<Omit<NamedCollection, "isAlias">> {
  const found = await store.locate(database, collection);
  if (found.space === undefined && database !== defaultDatabase)
    throw vectorFailures.refuse("database-not-found", { database: shorten(database) });
  return found;
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
