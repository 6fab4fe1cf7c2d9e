import { hasGrant, hasScope } from "../../core/access/caller.js";
import type { Headers } from "../../contract/message.js";
import type { ServiceContext } from "../../contract/provider.js";
import type { ServiceCall } from "../../contract/service.js";
import { shorten } from "../../json/quote.js";
import type { CompiledCollections } from "../collection/compiled-collection.js";
import { vectorFailures } from "../failures/vector-failures.js";
import type { InterfaceVersion } from "./interface-version.js";
import type { TakeTurn } from "./turns.js";

/** The dependencies of the handlers of a service. */
export interface VectorServiceParts {
  readonly context: ServiceContext;
  readonly compiled: CompiledCollections;
  readonly takeTurn: TakeTurn;
}

export interface NamesDatabase {
  readonly dbName?: string | null | undefined;
}

export interface NamesCollection extends NamesDatabase {
  readonly collectionName: string;
}

/** A request whose caller has the necessary privilege in the database of the request. */
export interface PermittedRequest<Body> {
  readonly version: InterfaceVersion;
  readonly database: string;
  readonly headers: Headers;
  readonly body: Body;
}

/** @throws RefusalError unless the caller has the privilege that the contract requires */
export function permit<Body extends NamesDatabase>(
  version: InterfaceVersion,
  { caller, headers, body, requiredScope: privilege = "" }: ServiceCall<Body>,
): PermittedRequest<Body> {
  const database = version.databaseOf(body.dbName, headers);
  if (!hasGrant(caller, database) || !hasScope(caller, privilege))
    throw vectorFailures.refuse("no-privilege", { privilege, user: caller.principal, database: shorten(database) });
  return { version, database, headers, body };
}

/**
 * Whether the caller requests Int64 values as text, in the syntax of Go's ParseBool; any other value selects the
 * default, numbers.
 */
export function wantsText(headers: Headers): boolean {
  return ["0", "f", "F", "false", "False", "FALSE"].includes(headers["accept-type-allow-int64"] ?? "");
}
