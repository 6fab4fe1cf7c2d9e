import { hasGrant } from "../../../core/access/caller.js";
import type { Space } from "../../../core/collection.js";
import { repeatWhileStale } from "../../../contract/repeat-while-stale.js";
import type { ServiceReply } from "../../../contract/service.js";
import { shorten } from "../../../json/quote.js";
import { pathOfAlias } from "../../collection/collection-kind.js";
import { defaultDatabase, vectorCollectionDefinition } from "../../definition/definition.js";
import { refuseParameter, vectorFailures } from "../../failures/vector-failures.js";
import { invalidParameter } from "../../values/inspection.js";
import { aliasesIn, aliasesOf, checkCollectionName, findByAnyName, locateDatabase } from "../locate.js";
import type { NamesCollection, PermittedRequest, VectorServiceParts } from "../permitted-request.js";
import { changeAttempts, refuseContended, toStoredDefinition } from "./change-definition.js";

interface RenameRequest extends NamesCollection {
  readonly newCollectionName: string;
  readonly newDbName?: string | null | undefined;
}

/** The collection keeps its records, its indexes and, within its database, its aliases. */
export function renameCollection(
  { context }: VectorServiceParts,
  request: PermittedRequest<RenameRequest>,
): Promise<ServiceReply> {
  const { version, database, body, caller } = request;
  const { collections, spaces } = context.store;
  const { collectionName: name, newCollectionName: newName } = body;
  const newDatabase = body.newDbName || database;
  const attempt = async (): Promise<ServiceReply | undefined> => {
    checkCollectionName(newName, "newCollectionName");
    if (newName === name && newDatabase === database)
      throw refuseName("unique", "collection name or database name should be different");
    // A database where the caller may do nothing does not exist for the caller.
    if (!hasGrant(caller, newDatabase))
      throw vectorFailures.refuse("database-not-found", { database: shorten(newDatabase) });
    await locateDatabase(collections, database);
    const target = await locateDatabase(collections, newDatabase);
    const { collection, space, isAlias } = await findByAnyName(collections, { database, collection: name });
    if (isAlias) throw refuseName("alias", `unsupported use an alias to rename collection, alias:${shorten(name)}`);
    if (aliasesIn(target).some(([alias]) => alias === newName))
      throw vectorFailures.refuse("name-of-collection", { database: shorten(newDatabase), alias: newName });
    const { collection: taken } = await findByAnyName(collections, { database: newDatabase, collection: newName });
    if (taken !== undefined) throw refuseTaken(newDatabase, newName);
    if (collection === undefined)
      throw vectorFailures.refuse("collection-absent", { database: shorten(database), collection: shorten(name) });
    const aliases = aliasesOf(space, name);
    if (aliases.length > 0 && newDatabase !== database)
      throw refuseName("aliased", "fail to rename db name, must drop all aliases of this collection before rename");
    // The default database exists before its first collection, its space does not.
    if (target === undefined && newDatabase === defaultDatabase)
      await spaces.createSpace({ name: newDatabase, definition: {} });
    const definition = vectorCollectionDefinition.parse(collection.definition);
    const outcome = await collections.renameCollection(collection, {
      name: newName,
      space: newDatabase,
      takenBy: pathOfAlias(newName),
      definition: toStoredDefinition({ ...definition, collectionName: newName, dbName: newDatabase }),
      ...(space !== undefined && aliases.length > 0 && { left: toLeft(space, { name, newName }) }),
    });
    if (outcome === "taken") throw refuseTaken(newDatabase, newName);
    return outcome === "stored" ? { body: version.toReply({}) } : undefined;
  };
  return repeatWhileStale(attempt, { attempts: changeAttempts, refuse: () => refuseContended(request) });
}

/** The definition of the database, whose aliases name the collection. */
function toLeft(space: Space, { name, newName }: { readonly name: string; readonly newName: string }) {
  const aliases = aliasesIn(space).map(([alias, aliased]) => [alias, aliased === name ? newName : aliased] as const);
  return { read: space.definition, definition: { ...space.definition, aliases: Object.fromEntries(aliases) } };
}

function refuseTaken(database: string, name: string) {
  return refuseName(
    "unique",
    `duplicated new collection name ${shorten(database)}:${name} with other collection name or alias`,
  );
}

function refuseName(rule: string, problem: string) {
  return refuseParameter({ field: "newCollectionName", rule, cause: invalidParameter(problem) });
}
