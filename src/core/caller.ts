/** Who is calling, made by a face from its credentials. */
export interface Caller {
  readonly principal: string;
  /** Names of what the caller may do, in the provider's own words. */
  readonly scopes: "all" | readonly string[];
  /** Names of the spaces the caller may write to. */
  readonly grants: "all" | readonly string[];
}

export function hasScope(caller: Caller, scope: string): boolean {
  return caller.scopes === "all" || caller.scopes.includes(scope);
}

/** Whether the caller may write to the space. */
export function hasGrant(caller: Caller, space: string): boolean {
  return caller.grants === "all" || caller.grants.includes(space);
}
