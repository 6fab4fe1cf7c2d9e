import type { Space } from "../../../core/collection.js";
import { repeatWhileStale } from "../../../contract/repeat-while-stale.js";
import type { ServiceReply } from "../../../contract/service.js";
import { shorten } from "../../../json/quote.js";
import { findNameFault, type NameFault } from "../../definition/name-faults.js";
import { refuseParameter, vectorFailures } from "../../failures/vector-failures.js";
import { invalidParameter } from "../../values/inspection.js";
import { aliasesIn, aliasesOf, checkCollectionName, findAlias, findByAnyName, locateDatabase } from "../locate.js";
import type { NamesCollection, NamesDatabase, PermittedRequest, VectorServiceParts } from "../permitted-request.js";
import { changeAttempts } from "./change-definition.js";

interface NamesAlias extends NamesDatabase {
  readonly aliasName: string;
}

type AliasOfCollection = NamesAlias & NamesCollection;

const aliasFaults = {
  length: "the length of a collection alias must be less than 255 characters",
  start: "the first character of a collection alias must be an underscore or letter",
  characters: "collection alias can only contain numbers, letters and underscores",
} as const satisfies Record<NameFault, string>;

function checkAlias(alias: string): void {
  const fault = findNameFault(alias);
  if (fault === undefined) return;
  const cause = invalidParameter(`Invalid collection alias: ${shorten(alias)}.  ${aliasFaults[fault]}`);
  throw refuseParameter({ field: "aliasName", rule: `name-${fault}`, cause });
}

interface AliasesRequest extends NamesDatabase {
  readonly collectionName?: string | null | undefined;
}

export async function listAliases(
  { context }: VectorServiceParts,
  { version, database, body }: PermittedRequest<AliasesRequest>,
): Promise<ServiceReply> {
  const { collections } = context.store;
  const name = body.collectionName;
  if (!name)
    return { body: version.toReply(aliasesIn(await locateDatabase(collections, database)).map(([alias]) => alias)) };
  checkCollectionName(name);
  await locateDatabase(collections, database);
  const { collection, space } = await findByAnyName(collections, { database, collection: name });
  if (collection === undefined) throw vectorFailures.refuse("collection-absent-by-name", { collection: name });
  return { body: version.toReply(aliasesOf(space, collection.name)) };
}

export async function describeAlias(
  { context }: VectorServiceParts,
  { version, database, body: { aliasName } }: PermittedRequest<NamesAlias>,
): Promise<ServiceReply> {
  checkAlias(aliasName);
  const space = await locateDatabase(context.store.collections, database);
  const [, collectionName] = findAlias(space, aliasName) ?? [];
  if (collectionName === undefined) throw refuseUnknown(database, aliasName);
  return { body: version.toReply({ aliasName, collectionName, dbName: database }) };
}

/** @param mode whether the alias must be new, or must exist */
export function setAlias(
  parts: VectorServiceParts,
  request: PermittedRequest<AliasOfCollection>,
  mode: "create" | "alter",
): Promise<ServiceReply> {
  const { database, body } = request;
  const { aliasName: alias, collectionName: name } = body;
  const { collections } = parts.context.store;
  checkAlias(alias);
  checkCollectionName(name);
  return changeAliases(parts, request, async () => {
    await locateDatabase(collections, database);
    const named = await findByAnyName(collections, { database, collection: alias });
    if (named.collection !== undefined && !named.isAlias)
      throw vectorFailures.refuse("name-of-collection", { database: shorten(database), alias });
    const { collection, space } = await findByAnyName(collections, { database, collection: name });
    if (collection === undefined || space === undefined) {
      if (mode === "alter") throw vectorFailures.refuse("collection-absent-by-name", { collection: name });
      throw vectorFailures.refuse("collection-absent", { database: shorten(database), collection: name });
    }
    const [, present] = findAlias(space, alias) ?? [];
    if (mode === "alter" && present === undefined) throw refuseUnknown(database, alias);
    if (mode === "create" && present !== undefined && present !== collection.name)
      throw vectorFailures.refuse("alias-of-another", {
        database: shorten(database),
        alias,
        collection: present,
      });
    if (present === collection.name) return undefined;
    const others = aliasesIn(space).filter(([each]) => each !== alias);
    return { space, aliases: [...others, [alias, collection.name]], taken: alias };
  });
}

export function dropAlias(parts: VectorServiceParts, request: PermittedRequest<NamesAlias>): Promise<ServiceReply> {
  const { database, body } = request;
  return changeAliases(parts, request, async () => {
    const space = await locateDatabase(parts.context.store.collections, database);
    if (space === undefined || findAlias(space, body.aliasName) === undefined) return undefined;
    return { space, aliases: aliasesIn(space).filter(([alias]) => alias !== body.aliasName) };
  });
}

interface AliasChange {
  readonly space: Space;
  readonly aliases: readonly (readonly [alias: string, collection: string])[];
  /** The new alias, which must not be the name of a collection. */
  readonly taken?: string;
}

/** @param toChange reads the aliases and answers the new ones; undefined: nothing is to change */
function changeAliases(
  { context }: VectorServiceParts,
  { version, body }: PermittedRequest<NamesAlias>,
  toChange: () => Promise<AliasChange | undefined>,
): Promise<ServiceReply> {
  const attempt = async (): Promise<ServiceReply | undefined> => {
    const change = await toChange();
    if (change !== undefined) {
      const definition = { ...change.space.definition, aliases: Object.fromEntries(change.aliases) };
      const { space, taken } = change;
      if ((await context.store.spaces.changeSpace(space, definition, taken)) === "stale") return undefined;
    }
    return { body: version.toReply({}) };
  };
  return repeatWhileStale(attempt, {
    attempts: changeAttempts,
    refuse: () => vectorFailures.refuse("schema-mismatch", { collection: body.aliasName }),
  });
}

function refuseUnknown(database: string, alias: string) {
  return vectorFailures.refuse("alias-not-found", { database: shorten(database), alias });
}
