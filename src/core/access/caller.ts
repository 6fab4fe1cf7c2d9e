import type { SpaceFilter, SpacePattern } from "./visibility.js";

/**
 * The operations that a key distinguishes. `write` stores or deletes records; `manage` creates, changes and deletes
 * collections and changes their spaces.
 */
export const keyOperations = ["read", "write", "manage"] as const;
export type KeyOperation = (typeof keyOperations)[number];

/** The name of the upstream that is this program's own service. */
export const embeddedUpstream = "embedded";
/** The name of the upstream behind a provider's base URL. */
export const defaultUpstream = "default";

/** What a key opens. An absent member restricts nothing, except that `upstream` is then `embedded`. */
export interface KeyScope {
  readonly provider?: string;
  readonly upstream?: string;
  readonly operation?: KeyOperation;
  /** The name of a space. */
  readonly space?: string;
}

/** The rights of a caller in the terms of one provider: the checks of its contracts judge them. */
export interface ProviderCaller {
  readonly principal: string;
  /** The operations that the caller may perform, by the provider's own names. */
  readonly scopes: "all" | readonly string[];
  /** Names of the spaces the caller may write to. */
  readonly grants: "all" | readonly string[];
  /** The id of the key whose limits the call uses up; absent: of none, or the face before the call has counted it. */
  readonly rateKey?: string;
  /**
   * The spaces that exist for each operation; absent: all. A key has them. A contract's own credential does not:
   * the checks of its contract refuse it in their own order.
   */
  readonly visible?: Readonly<Record<KeyOperation, SpaceFilter>>;
}

/** The client of a request, as its face knows it. */
export type Caller =
  /** Everything is allowed: authorization is off, or the program itself calls. */
  | { readonly kind: "unrestricted"; readonly principal: string }
  | { readonly kind: "key"; readonly id: string; readonly principal: string; readonly scopes: readonly KeyScope[] }
  /** A contract's own credential, with the caller behind it for each provider that knows the secret. */
  | { readonly kind: "credential"; readonly callers: ReadonlyMap<string, ProviderCaller> };

/** The caller of the program's own work, such as the samples of a new database. */
export const systemCaller: Caller = { kind: "unrestricted", principal: "recordgate" };

export function hasScope(caller: ProviderCaller, scope: string): boolean {
  return caller.scopes === "all" || caller.scopes.includes(scope);
}

export function hasGrant(caller: ProviderCaller, space: string): boolean {
  return caller.grants === "all" || caller.grants.includes(space);
}

/** The spaces of an upstream that a key opens for the operation. */
export function spacesOfKey(
  scopes: readonly KeyScope[],
  wanted: { readonly provider: string; readonly upstream: string; readonly operation: KeyOperation },
): SpaceFilter {
  const names: SpacePattern[] = [];
  for (const {
    provider = wanted.provider,
    upstream = embeddedUpstream,
    operation = wanted.operation,
    space,
  } of scopes) {
    if (provider !== wanted.provider || upstream !== wanted.upstream || operation !== wanted.operation) continue;
    if (space === undefined) return "all";
    names.push({ name: space });
  }
  return names;
}

/** The spaces that exist for the caller in a call of that operation. */
export function visibleSpacesOf({ visible }: ProviderCaller, operation: KeyOperation): SpaceFilter {
  return visible?.[operation] ?? "all";
}
