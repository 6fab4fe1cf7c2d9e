import type { NewCollection } from "../../core/collection.js";
import type { JsonObject } from "../../json/value.js";
import { ruleOf } from "../../contract/schema/issues.js";
import { DefinitionError } from "../../contract/provider.js";
import type { ServiceReply } from "../../contract/service.js";
import { shorten } from "../../json/quote.js";
import { toVectorCollection } from "../collection/collection-kind.js";
import { vectorCollectionDefinition, type VectorCollectionDefinition } from "../definition/definition.js";
import { fieldsWithoutIndex } from "../definition/indexes.js";
import { refuseWithoutIndex } from "./companions/collection-state.js";
import { isSameDefinition } from "./describe.js";
import { refuseParameter, vectorFailures } from "../failures/vector-failures.js";
import type { LookupRequest, PermittedRequest, NamesCollection, VectorServiceParts } from "./permitted-request.js";
import { invalidParameter } from "../values/inspection.js";
import { aliasesOf, findByAnyName, locateByName, locateCollection, locateDatabase, pathOf } from "./locate.js";

/** The number of names per read. */
const pageSize = 1000;

/** Names in order of creation. */
export async function listCollections(
  { context }: VectorServiceParts,
  { version, database }: PermittedRequest<unknown>,
): Promise<ServiceReply> {
  const { collections } = context.store;
  await locateDatabase(collections, database);
  const names: string[] = [];
  let after: string | undefined;
  do {
    const page = await collections.listCollections({ space: database }, { first: pageSize, after });
    names.push(...page.items.map(({ name }) => name));
    after = page.hasNextPage ? page.keys.at(-1) : undefined;
  } while (after !== undefined);
  return { body: version.toReply(names) };
}

export async function describeCollection(
  { context }: VectorServiceParts,
  request: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  const { version } = request;
  const { collection, space } = await locateCollection(context.store.collections, pathOf(request));
  const definition = vectorCollectionDefinition.parse(collection.definition);
  return {
    body: version.toReply(version.describe({ collection, definition, aliases: aliasesOf(space, collection.name) })),
  };
}

export async function dropCollection(
  { context }: VectorServiceParts,
  { version, database, body }: PermittedRequest<NamesCollection>,
): Promise<ServiceReply> {
  const { collections } = context.store;
  const name = body.collectionName;
  const { collection, space, isAlias } = version.dropsAbsent
    ? await findByAnyName(collections, { database, collection: name })
    : await locateByName(collections, { database, collection: name, nameFirst: version.judgesNameFirst });
  if (collection !== undefined && isAlias) throw vectorFailures.refuse("drop-by-alias", { collection: name });
  const aliases = aliasesOf(space, name);
  if (collection !== undefined && aliases.length > 0) throw refuseAliased(name, aliases);
  // A concurrent request may have dropped the collection.
  const isDropped = collection !== undefined && (await collections.deleteCollection(collection));
  if (!isDropped && !version.dropsAbsent) throw vectorFailures.refuse("drop-not-found", { database, collection: name });
  return { body: version.toReply({}) };
}

function refuseAliased(name: string, aliases: readonly string[]) {
  const problem = `unable to drop the collection [${shorten(name)}] because it has associated aliases [${shorten(aliases.join(" "))}], please remove all aliases before dropping the collection`;
  return refuseParameter({ field: "collectionName", rule: "aliased", cause: invalidParameter(problem) });
}

/**
 * Exactly one of several concurrent calls for a name creates the collection; the others succeed if their definition is
 * the same.
 */
export async function createVectorCollection<Body extends NamesCollection>(
  { context }: VectorServiceParts,
  request: LookupRequest<Body>,
  toDefinition: (body: Body, database: string) => JsonObject,
): Promise<ServiceReply> {
  const { version, database, body } = request;
  const { collections } = context.store;
  const name = body.collectionName;
  const definition = toDefinition(body, database);
  request.permit();
  const { isAlias } = await locateByName(collections, pathOf(request));
  if (isAlias) throw vectorFailures.refuse("name-of-alias", { database, alias: name });
  const wanted = toNewCollection(definition);
  checkIndexedVectors(vectorCollectionDefinition.parse(wanted.definition));
  const { created, collection } = await collections.createCollection(wanted);
  if (collection === undefined) {
    // An alias that was made meanwhile, or a database that the caller cannot see.
    const located = await locateByName(collections, pathOf(request));
    throw located.isAlias
      ? vectorFailures.refuse("name-of-alias", { database, alias: name })
      : vectorFailures.refuse("database-not-found", { database: shorten(database) });
  }
  if (!created && !isSameDefinition(collection.definition, wanted.definition))
    throw vectorFailures.refuse("different-collection", { collection: name });
  return { body: version.toReply({}) };
}

/**
 * Indexes for some of the vectors only would leave a collection that cannot be loaded. The server makes it before it
 * refuses; here nothing is left behind. @throws RefusalError
 */
function checkIndexedVectors(definition: VectorCollectionDefinition): void {
  const missing = fieldsWithoutIndex(definition);
  if (missing.length > 0 && definition.indexes?.length) throw refuseWithoutIndex(missing);
}

/** The one place where an invalid definition becomes a failure of the contract. @throws RefusalError */
function toNewCollection(definition: JsonObject): Omit<NewCollection, "provider"> {
  const parsed = vectorCollectionDefinition.safeParse(definition);
  if (!parsed.success) {
    const [{ path, code, message } = { path: [], code: "custom", message: "" }] = parsed.error.issues;
    const field = shorten(path.map(String).join("."));
    throw refuseParameter({ field, rule: ruleOf(code), cause: invalidParameter(`${field}: ${message}`) });
  }
  try {
    return toVectorCollection(parsed.data);
  } catch (error) {
    if (error instanceof DefinitionError)
      throw refuseParameter({ field: error.field, rule: error.rule, cause: invalidParameter(error.message) });
    throw error;
  }
}
