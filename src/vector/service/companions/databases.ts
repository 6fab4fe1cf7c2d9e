import { hasGrant, hasScope, visibleSpacesOf } from "../../../core/access/caller.js";
import { matchesSpaceName } from "../../../core/access/visibility.js";
import type { ServiceCall, ServiceReply } from "../../../contract/service.js";
import { shorten } from "../../../json/quote.js";
import { showValue } from "../../../json/stringify.js";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../json/value.js";
import { defaultDatabase } from "../../definition/definition.js";
import { findNameFault, type NameFault } from "../../definition/name-faults.js";
import { refuseParameter, vectorFailures } from "../../failures/vector-failures.js";
import { invalidParameter } from "../../values/inspection.js";
import { toNumericId } from "../describe.js";
import { interfaceV2 } from "../interface-version.js";
import { locateDatabase } from "../locate.js";
import type { NamesDatabase, PermittedRequest, VectorServiceParts } from "../permitted-request.js";

interface NamedDatabase extends NamesDatabase {
  readonly dbName: string;
}

/** The number of databases a page. */
const databasesPerPage = 1000;

/** Lists what the caller may see, whatever database the request names. @throws RefusalError */
export async function listDatabases(
  { context }: VectorServiceParts,
  { caller, requiredScope: privilege = "" }: ServiceCall<NamesDatabase>,
): Promise<ServiceReply> {
  if (!hasScope(caller, privilege))
    throw vectorFailures.refuse("no-privilege", { privilege, user: caller.principal, database: defaultDatabase });
  const seesDefault = matchesSpaceName(visibleSpacesOf(caller, "read"), defaultDatabase);
  const names: string[] = seesDefault ? [defaultDatabase] : [];
  let after: string | undefined;
  do {
    const page = await context.store.spaces.listSpaces({ first: databasesPerPage, after });
    names.push(...page.items.map(({ name }) => name).filter((name) => name !== defaultDatabase));
    after = page.hasNextPage ? page.keys.at(-1) : undefined;
  } while (after !== undefined);
  return { body: interfaceV2.toReply(names.filter((name) => hasGrant(caller, name))) };
}

interface NewDatabase extends NamedDatabase {
  readonly properties?: Readonly<Record<string, JsonValue | undefined>> | null | undefined;
}

/** The server's own limit, its default database included. A database that comes with a collection is not refused. */
const maxDatabases = 64;

export async function createDatabase(
  { context }: VectorServiceParts,
  { version, database: name, body }: PermittedRequest<NewDatabase>,
): Promise<ServiceReply> {
  checkDatabaseName(name);
  const properties = toTexts(body.properties ?? {});
  const definition: JsonObject = Object.keys(properties).length === 0 ? {} : { properties };
  const { spaces, collections } = context.store;
  const { space: usual } = await collections.locate(defaultDatabase, "");
  const max = usual === undefined ? maxDatabases - 1 : maxDatabases;
  const outcome = name === defaultDatabase ? "exists" : await spaces.createSpace({ name, definition }, max);
  if (outcome === "unseen") throw vectorFailures.refuse("database-not-found", { database: shorten(name) });
  if (outcome === "full") throw vectorFailures.refuse("too-many-databases", { limit: maxDatabases });
  if (outcome === "exists") throw refuseDatabase("unique", `database already exist: ${shorten(name)}`);
  return { body: version.toReply({}) };
}

/** The number of a default database that has never had a collection. */
const firstDatabaseId = 1;

export async function describeDatabase(
  { context }: VectorServiceParts,
  { version, database }: PermittedRequest<NamedDatabase>,
): Promise<ServiceReply> {
  const space = await locateDatabase(context.store.collections, database);
  const stored = space?.definition["properties"];
  const properties = Object.entries(isJsonObject(stored) ? stored : {}).map(([key, value]) => ({ key, value }));
  const dbID = space === undefined ? firstDatabaseId : toNumericId(space.id);
  return { body: version.toReply({ dbID, dbName: database, properties }) };
}

/** A database that does not exist is not refused. */
export async function dropDatabase(
  { context }: VectorServiceParts,
  { version, database: name }: PermittedRequest<NamedDatabase>,
): Promise<ServiceReply> {
  checkDatabaseName(name);
  if (name === defaultDatabase) throw refuseDatabase("default", "can not drop default database");
  const { space } = await context.store.collections.locate(name, "");
  if (space !== undefined && (await context.store.spaces.deleteSpace(space)) === "in-use")
    throw refuseDatabase(
      "empty",
      `database:${shorten(name)} not empty, must drop all collections before drop database`,
    );
  return { body: version.toReply({}) };
}

/** Values of properties are stored as text. */
function toTexts(properties: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value = null]) => [
      key,
      typeof value === "string" ? value : showValue(value),
    ]),
  );
}

/** @throws RefusalError */
function checkDatabaseName(name: string): void {
  const fault = findNameFault(name);
  if (fault === undefined) return;
  const problem = databaseFaults[fault];
  const violation = { field: "dbName", rule: "name", message: problem };
  throw vectorFailures.refuse("database-name", { problem, database: shorten(name) }, [violation]);
}

const databaseFaults = {
  length: "the length of a database name must be less than 255 characters",
  start: "the first character of a database name must be an underscore or letter",
  characters: "database name can only contain numbers, letters and underscores",
} as const satisfies Record<NameFault, string>;

function refuseDatabase(rule: string, problem: string) {
  return refuseParameter({ field: "dbName", rule, cause: invalidParameter(problem) });
}
