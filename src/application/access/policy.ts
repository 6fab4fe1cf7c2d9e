import type { CollectionAction } from "../../contract/provider.js";
import {
  defaultUpstream,
  embeddedUpstream,
  spacesOfKey,
  type Caller,
  type KeyOperation,
  type ProviderCaller,
} from "../../core/access/caller.js";
import { type ProviderFailure } from "../../core/failure.js";
import { matchesSpaceName, withoutEmpty, type SpaceFilter, type Visibility } from "../../core/access/visibility.js";
import { unlimitedCaller } from "../../contract/credentials.js";
import { refusedBeforeCall, type ConnectedProvider, type ProviderDirectory } from "../providers.js";

/** The operation of a key that stands for each action on collections. */
const keyOperationOf = {
  describe: "read",
  "read-records": "read",
  create: "manage",
  delete: "manage",
} as const satisfies Record<CollectionAction, KeyOperation>;

/** The one place that decides what a caller may do. Every use case asks it; look-ups need the visibility it makes. */
export interface Policy {
  /** The embedded spaces in which the caller may do this; those of one provider where it is given. */
  visible(caller: Caller, action: CollectionAction, provider?: string): Visibility;
  /** The embedded spaces whose imports the caller may see, and the upstreams whose mirrored tasks. */
  visibleTasks(caller: Caller): Visibility;
  /** @throws ProviderFailure unless the caller may do this in the space */
  requireAction(caller: Caller, action: CollectionAction, target: SpaceOfProvider): void;
  /** Whether the caller may create the space, or change its state and rights. */
  mayChangeSpace(caller: Caller, target: SpaceOfProvider): boolean;
  /**
   * The caller of a write in the terms of the provider: the embedded contract judges it. Undefined: without a
   * credential for the provider.
   * @throws ProviderFailure for a remote provider that the caller may not write to
   */
  writerTo(caller: Caller, connected: ConnectedProvider, space: string | undefined): ProviderCaller | undefined;
}

export interface SpaceOfProvider {
  readonly provider: string;
  readonly space: string;
}

export function createPolicy(directory: ProviderDirectory): Policy {
  const spacesFor = (caller: Caller, action: CollectionAction, provider: string): SpaceFilter => {
    switch (caller.kind) {
      case "unrestricted":
        return "all";
      case "key": {
        const operation = keyOperationOf[action];
        return spacesOfKey(caller.scopes, { provider, upstream: embeddedUpstream, operation });
      }
      case "credential": {
        const known = caller.callers.get(provider);
        const { access } = directory.get(provider).provider.collections;
        return known === undefined || access === undefined ? [] : access.spaces[action](known);
      }
    }
  };
  const mayChangeSpace = (caller: Caller, { provider, space }: SpaceOfProvider): boolean => {
    if (caller.kind !== "credential") return matchesSpaceName(spacesFor(caller, "create", provider), space);
    const known = caller.callers.get(provider);
    const { access } = directory.get(provider).provider.collections;
    return known !== undefined && access?.mayChangeSpace !== undefined && access.mayChangeSpace(known, space);
  };
  // A collection of a remote provider is found for its deletion, which the use case then refuses with the reason.
  const providersOf = (action: CollectionAction): readonly string[] =>
    action === "delete" ? directory.list().map(({ provider }) => provider.id) : directory.embeddedIds();
  const withRemoteTasks = directory
    .list()
    .flatMap(({ provider, remoteTasks }) => (remoteTasks === undefined ? [] : [provider.id]));
  const visible: Policy["visible"] = (caller, action, only) =>
    withoutEmpty(
      providersOf(action)
        .filter((id) => only === undefined || id === only)
        .map((provider) => ({ provider, spaces: spacesFor(caller, action, provider) })),
    );
  return {
    visible,
    visibleTasks: (caller) => [
      ...visible(caller, "describe"),
      // Also where a provider is embedded again: its tasks from before are still those of the real service.
      ...withoutEmpty(
        withRemoteTasks.map((provider) => ({
          ...{ provider, upstream: defaultUpstream },
          spaces: remoteSpacesFor(caller, provider, "read"),
        })),
      ),
    ],
    requireAction: (caller, action, { provider, space }) => {
      if (matchesSpaceName(spacesFor(caller, action, provider), space)) return;
      throw refuseCaller(provider, `the credential does not permit to ${action} collections of ${provider} there`);
    },
    mayChangeSpace,
    writerTo: (caller, { provider, mode }, space) => {
      if (mode === "embedded") return toProviderCaller(caller, provider.id);
      if (mayWriteRemote(caller, provider.id, space)) return unlimitedCaller(principalOfCaller(caller));
      throw refuseCaller(provider.id, `${provider.id} is a remote service here: a key that names it is needed`);
    },
  };
}

export function refuseCaller(provider: string, message: string): ProviderFailure {
  return refusedBeforeCall({ provider, kind: "permission-denied", message });
}

/** Undefined for a caller without a credential for the provider. */
function toProviderCaller(caller: Caller, provider: string): ProviderCaller | undefined {
  switch (caller.kind) {
    case "unrestricted":
      return unlimitedCaller(caller.principal);
    case "key":
      return keyAsProviderCaller(caller, provider);
    case "credential":
      return caller.callers.get(provider);
  }
}

/** A key has every right of the contract, in the spaces that exist for it. */
export function keyAsProviderCaller(
  { principal, scopes }: Extract<Caller, { readonly kind: "key" }>,
  provider: string,
): ProviderCaller {
  const spaces = (operation: KeyOperation) => spacesOfKey(scopes, { provider, upstream: embeddedUpstream, operation });
  return {
    ...unlimitedCaller(principal),
    visible: { read: spaces("read"), write: spaces("write"), manage: spaces("manage") },
  };
}

function mayWriteRemote(caller: Caller, provider: string, space: string | undefined): boolean {
  const spaces = remoteSpacesFor(caller, provider, "write");
  return spaces === "all" || (space !== undefined && matchesSpaceName(spaces, space));
}

/** A contract's own credential opens nothing of a real service. */
function remoteSpacesFor(caller: Caller, provider: string, operation: KeyOperation): SpaceFilter {
  if (caller.kind !== "key") return caller.kind === "unrestricted" ? "all" : [];
  return spacesOfKey(caller.scopes, { provider, upstream: defaultUpstream, operation });
}

function principalOfCaller(caller: Caller): string {
  return caller.kind === "credential" ? "credential" : caller.principal;
}
