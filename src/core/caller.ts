/** The identity and rights behind a call. A face makes it from the credentials of the request. */
export interface Caller {
  readonly principal: string;
  /** The operations that the caller may perform, by the provider's own names. */
  readonly scopes: "all" | readonly string[];
  /** Names of the spaces the caller may write to. */
  readonly grants: "all" | readonly string[];
}

export function hasScope(caller: Caller, scope: string): boolean {
  return caller.scopes === "all" || caller.scopes.includes(scope);
}

export function hasGrant(caller: Caller, space: string): boolean {
  return caller.grants === "all" || caller.grants.includes(space);
}
