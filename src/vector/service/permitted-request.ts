import { hasGrant, hasScope, type ProviderCaller } from "../../core/access/caller.js";
import type { Headers } from "../../contract/message.js";
import type { ServiceCall, ServiceContext } from "../../contract/service.js";
import { shorten } from "../../json/quote.js";
import type { CompiledCollections } from "../collection/compiled-collection.js";
import type { Privilege } from "../definition/privileges.js";
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
  readonly caller: ProviderCaller;
}

/** A request whose caller may look the collection up. Nothing is changed before `permit` has returned. */
export interface LookupRequest<Body> extends PermittedRequest<Body> {
  /** @throws RefusalError unless the caller has the privilege that the contract requires */
  readonly permit: () => void;
}

/** @throws RefusalError unless the caller has the privilege that the contract requires */
export function permit<Body extends NamesDatabase>(
  version: InterfaceVersion,
  call: ServiceCall<Body>,
): LookupRequest<Body> {
  const request = toRequest(version, call);
  requirePrivilege(call, request.database);
  return { permit: () => undefined, ...request };
}

const lookup: Privilege = "DescribeCollection";

/**
 * The order of the second version, which judges the collection and the rows before the privilege. A caller who may not
 * even look the collection up is refused at once.
 * @throws RefusalError
 */
export function permitLookup<Body extends NamesDatabase>(
  version: InterfaceVersion,
  call: ServiceCall<Body>,
): LookupRequest<Body> {
  const request = toRequest(version, call);
  if (!hasScope(call.caller, lookup) || !hasGrant(call.caller, request.database))
    requirePrivilege(call, request.database);
  return { permit: () => requirePrivilege(call, request.database), ...request };
}

function toRequest<Body extends NamesDatabase>(
  version: InterfaceVersion,
  { caller, headers, body }: ServiceCall<Body>,
): PermittedRequest<Body> {
  return { version, database: version.databaseOf(body.dbName, headers), headers, body, caller };
}

function requirePrivilege(
  { caller, requiredScope: privilege = "" }: Pick<ServiceCall<unknown>, "caller" | "requiredScope">,
  database: string,
): void {
  if (!hasGrant(caller, database) || !hasScope(caller, privilege))
    throw vectorFailures.refuse("no-privilege", { privilege, user: caller.principal, database: shorten(database) });
}

/**
 * Whether the caller requests Int64 values as text, in the syntax of Go's ParseBool; any other value selects the
 * default, numbers.
 */
export function wantsText(headers: Headers): boolean {
  return ["0", "f", "F", "false", "False", "FALSE"].includes(headers["accept-type-allow-int64"] ?? "");
}
