import { issueToViolation } from "../contract/schema/issues.js";
import { DefinitionError } from "../contract/provider.js";
import { scopeCollections } from "../contract/server/visible-store.js";
import { describeUnstorable } from "../contract/failures/describe-unstorable.js";
import type { ProviderCollections } from "../contract/provider-store.js";
import type { Caller } from "../core/access/caller.js";
import type { IdSource } from "../core/clock.js";
import { type ProviderFailure, type Violation } from "../core/failure.js";
import { isJsonObject, type JsonObject } from "../json/value.js";
import { stringifyJson } from "../json/stringify.js";
import type { Collection, CreationOutcome, NewCollection } from "../core/collection.js";
import type { NewCredential } from "../core/access/credential.js";
import { locateUnstorable, UnstorableValueError } from "../json/storable.js";
import type { CallerRequest, RequestScope } from "../core/request-scope.js";
import { StoreUnavailableError, type StoreOf } from "../core/store.js";
import { refuseCaller, type Policy } from "./access/policy.js";
import { refusedBeforeCall, toDatabaseFailure, unknownProvider, type ProviderDirectory } from "./providers.js";

export interface ManageCollections {
  /**
   * Creates the collection and, if absent, its space; then saves the credentials of the definition.
   * @throws ProviderFailure
   */
  create(request: CallerRequest, provider: string, definition: JsonObject): Promise<Collection>;
  /**
   * Like `create`, but leaves an existing collection unchanged, and creates none for a definition with credentials
   * only.
   * @throws ProviderFailure
   */
  ensure(request: CallerRequest, provider: string, definition: JsonObject): Promise<void>;
  /** Deletes the collection with its records and tasks. Undefined when it does not exist for the caller. @throws ProviderFailure */
  delete(request: CallerRequest, id: string): Promise<Collection | undefined>;
}

export function createManageCollections(options: {
  readonly directory: ProviderDirectory;
  readonly policy: Policy;
  readonly storeOf: StoreOf;
  readonly ids: IdSource;
}): ManageCollections {
  const { directory, policy, storeOf, ids } = options;

  function toCollection(provider: string, definition: JsonObject) {
    const { collections } = directory.getEmbedded(provider).provider;
    const parsed = collections.definition.safeParse(definition);
    if (!parsed.success)
      throw refuseDefinition(
        provider,
        parsed.error.issues.map((issue) => issueToViolation(issue)),
      );
    try {
      return { provider, ...collections.toCollection(parsed.data, ids) };
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      const { field, rule, message } = error;
      throw refuseDefinition(provider, [{ field, rule, message }]);
    }
  }

  /** Splits a definition into the credentials and the collection to create. */
  function takeApart(
    provider: string,
    definition: JsonObject,
  ): { readonly newCredentials: readonly NewCredential[]; readonly described: JsonObject } {
    // A remote provider also has credentials: its REST face is answered by the embedded service.
    const { access } = directory.get(provider).provider.collections;
    if (access === undefined) return { newCredentials: [], described: definition };
    const isSecret = (name: string): boolean => Object.hasOwn(access.members.shape, name);
    const parsed = access.members.safeParse(membersOf(definition, isSecret));
    if (!parsed.success)
      throw refuseDefinition(
        provider,
        parsed.error.issues.map((issue) => issueToViolation(withoutSecret(issue, definition))),
      );
    const newCredentials = access
      .toCredentials(parsed.data, definition)
      .map((credential) => ({ provider, ...credential }));
    return { newCredentials, described: membersOf(definition, (name) => !isSecret(name)) };
  }

  async function save(scope: RequestScope, provider: string, wanted: readonly NewCredential[]): Promise<void> {
    const { credentials } = storeOf(scope);
    for (const credential of wanted) await reachable(provider, () => credentials.saveCredential(credential));
  }

  async function make(
    { caller, scope }: CallerRequest,
    provider: string,
    described: JsonObject,
  ): Promise<CreationOutcome> {
    const { collections: store } = storeOf(scope);
    const asked = toCollection(provider, described);
    policy.requireAction(caller, "create", { provider, space: asked.space.name });
    const { findConflict } = directory.get(provider).provider.collections;
    const everything = scopeCollections(store, { provider, spaces: "all" });
    const wanted = await reachable(provider, () => withPermittedSpace(caller, asked, everything));
    const conflict = await reachable(provider, async () => findConflict?.(everything, wanted));
    if (conflict !== undefined) throw refusedBeforeCall({ provider, kind: "conflict", message: conflict });
    return reachable(provider, () => store.createCollection(wanted), described);
  }

  /**
   * The collection with those members of its space that it may bring along: only a caller with the right to change the
   * space creates one, or changes the members of an existing one.
   * @throws ProviderFailure
   */
  async function withPermittedSpace<Wanted extends NewCollection>(
    caller: Caller,
    wanted: Wanted,
    collections: ProviderCollections,
  ): Promise<Wanted> {
    const { provider, space } = wanted;
    if (policy.mayChangeSpace(caller, { provider, space: space.name })) return wanted;
    const { space: stored } = await collections.locate(space.name, "");
    if (stored === undefined) throw refuseCaller(provider, `the credential does not permit to create ${space.name}`);
    const { isPartOfCollection = () => false } = directory.get(provider).provider.collections;
    const brought = Object.entries(space.definition).filter(([name]) => isPartOfCollection(name));
    const changed = Object.entries(space.definition).find(
      ([name, value]) =>
        !isPartOfCollection(name) && stringifyJson(value) !== stringifyJson(stored.definition[name] ?? null),
    );
    if (changed !== undefined)
      throw refuseCaller(provider, `the credential does not permit to change ${changed[0]} of ${space.name}`);
    return { ...wanted, space: { ...space, definition: Object.fromEntries(brought) } };
  }

  return {
    async create(request, provider, definition) {
      const { newCredentials, described } = takeApart(provider, definition);
      const { created, collection } = await make(request, provider, described);
      if (!created)
        throw refusedBeforeCall({
          provider,
          kind: "conflict",
          message:
            collection === undefined
              ? "the name is that of an alias in its space"
              : `the collection ${collection.name} exists already`,
        });
      await save(request.scope, provider, newCredentials);
      return collection;
    },
    async ensure(request, provider, definition) {
      const { newCredentials, described } = takeApart(provider, definition);
      if (Object.keys(described).length > 0) await make(request, provider, described);
      await save(request.scope, provider, newCredentials);
    },
    async delete({ caller, scope }, id) {
      const { collections: store } = storeOf(scope);
      const visible = policy.visible(caller, "delete");
      const [collection] = await reachable(unknownProvider, () => store.collectionsById(visible, [id]));
      if (collection === undefined) return undefined;
      directory.getEmbedded(collection.provider);
      return (await reachable(collection.provider, () => store.deleteCollection(id))) ? collection : undefined;
    },
  };
}

/**
 * Replaces a token in the path of an issue by its position: tokens are keys of the definition and must not be shown.
 */
function withoutSecret<Issue extends { readonly path: readonly PropertyKey[] }>(
  issue: Issue,
  definition: JsonObject,
): Issue {
  const [member = "", secret, ...rest] = issue.path;
  const named = definition[String(member)];
  if (secret === undefined || !isJsonObject(named)) return issue;
  return { ...issue, path: [member, Object.keys(named).indexOf(String(secret)), ...rest] };
}

function membersOf(definition: JsonObject, isWanted: (name: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => isWanted(name)));
}

function refuseDefinition(provider: string, violations: readonly Violation[]): ProviderFailure {
  const message = violations.map((violation) => `${violation.field ?? "definition"}: ${violation.message}`).join("; ");
  return refusedBeforeCall({ provider, kind: "invalid-input", message, violations });
}

/** The store names the place of the value in what it stores; the failure names the place in the definition. */
function toUnstorableFailure(provider: string, error: UnstorableValueError, definition: JsonObject): ProviderFailure {
  const found = locateUnstorable(definition);
  const field = found?.path.map(String).join(".");
  const refused = found === undefined ? error : new UnstorableValueError({ reason: found.reason, field });
  return refuseDefinition(provider, describeUnstorable(refused).violations);
}

/**
 * Turns a database that cannot be reached, or a value that it cannot store, into an expected failure.
 * @param definition source of the values, for the message
 */
async function reachable<T>(provider: string, ask: () => Promise<T>, definition: JsonObject = {}): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof UnstorableValueError) throw toUnstorableFailure(provider, cause, definition);
    if (!(cause instanceof StoreUnavailableError)) throw cause;
    throw toDatabaseFailure(provider, cause);
  }
}
