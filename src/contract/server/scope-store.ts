import type { Claim, ClaimStore } from "../../core/claim.js";
import type { Collection, CollectionStore } from "../../core/collection.js";
import type { CredentialStore } from "../../core/credential.js";
import type { RecordStore, WriteBatch } from "../../core/record.js";
import type { Store } from "../../core/store.js";
import type { Task, TaskStore } from "../../core/task.js";
import type {
  ProviderClaims,
  ProviderCollections,
  ProviderCredentials,
  ProviderRecords,
  ProviderStore,
  ProviderTasks,
} from "../provider-store.js";

/** Look-ups do not find anything of another provider. An argument of another provider is a defect. */
export function scopeStore(store: Store, provider: string): ProviderStore {
  return {
    collections: scopeCollections(store.collections, provider),
    records: scopeRecords(store.records, provider),
    tasks: scopeTasks(store.tasks, provider),
    claims: scopeClaims(store.claims, provider),
    credentials: scopeCredentials(store.credentials, provider),
  };
}

export function scopeCollections(store: CollectionStore, provider: string): ProviderCollections {
  return {
    createCollection: (wanted) => store.createCollection({ ...wanted, provider }),
    changeDefinition: async (collection, definition) =>
      store.changeDefinition(requireOwnedBy(collection, provider), definition),
    deleteCollection: async (collection) => store.deleteCollection(requireOwnedBy(collection, provider).id),
    findSpace: (members) => store.findSpace(provider, members),
    anySpaceHas: (path) => store.anySpaceHas(provider, path),
    locate: (space, collection) => store.locate(provider, space, collection),
    findByName: (collection) => store.findByName(provider, collection),
    collectionsById: async (ids) => filterOwnedBy(await store.collectionsById(ids), provider),
    listCollections: (filter, page) => store.listCollections({ ...filter, providers: [provider] }, page),
  };
}

function scopeRecords(store: RecordStore, provider: string): ProviderRecords {
  const toOwn = <Batch extends WriteBatch & { readonly collection: Collection }>(batch: Batch): Batch => {
    requireOwnedBy(batch.collection, provider);
    return batch.claim === undefined ? batch : { ...batch, claim: toProviderClaim(batch.claim, provider) };
  };
  return {
    insert: async (batch) => store.insert(toOwn(batch)),
    upsert: async (batch) => store.upsert(toOwn(batch)),
    deleteByKey: async (collection, keys) => store.deleteByKey(requireOwnedBy(collection, provider).id, keys),
    recordsByKey: async (collection, keys) => store.recordsByKey(requireOwnedBy(collection, provider).id, keys),
    listRecords: async (collection, page) => store.listRecords(requireOwnedBy(collection, provider).id, page),
    countRecords: async (collections) => store.countRecords(collections.map((each) => requireOwnedBy(each, provider).id)),
    reserveNumbers: (scope, count, atLeast) => store.reserveNumbers(toProviderScope(scope, provider), count, atLeast),
  };
}

function scopeTasks(store: TaskStore, provider: string): ProviderTasks {
  return {
    enqueue: async (task) => store.enqueue({ ...task, collection: requireOwnedBy(task.collection, provider), provider }),
    tasksById: async (ids) => filterOwnedBy(await store.tasksById(ids), provider),
    failurePages: async (requests) =>
      store.failurePages(requests.map(({ task, ...page }) => ({ ...page, ownerId: requireOwnedBy(task, provider).id }))),
  };
}

function scopeClaims(store: ClaimStore, provider: string): ProviderClaims {
  // The answered claim has the service's own name of the scope.
  const found = <Found extends Claim | undefined>(claim: Found, scope: string): Found => claim && { ...claim, scope };
  return {
    findClaim: async (scope, key) => found(await store.findClaim(toProviderScope(scope, provider), key), scope),
    takeClaim: async (claim) => found(await store.takeClaim(toProviderClaim(claim, provider)), claim.scope),
  };
}

function scopeCredentials(store: CredentialStore, provider: string): ProviderCredentials {
  return {
    saveCredential: (credential) => store.saveCredential({ ...credential, provider }),
    findCaller: (secret, now) => store.findCaller(provider, secret, now),
  };
}

/** @throws Error for an object of another provider */
function requireOwnedBy<Owned extends Collection | Task>(owned: Owned, provider: string): Owned {
  if (owned.provider === provider) return owned;
  throw new Error(`the service of ${provider} uses ${owned.id}, which belongs to ${owned.provider}`);
}

function filterOwnedBy<Owned extends Collection | Task>(
  found: readonly (Owned | undefined)[],
  provider: string,
): readonly (Owned | undefined)[] {
  return found.map((each) => (each?.provider === provider ? each : undefined));
}

/** Provider ids do not contain a dot, so that scopes of different providers never coincide. */
function toProviderScope(scope: string, provider: string): string {
  return `${provider}.${scope}`;
}

function toProviderClaim(claim: Claim, provider: string): Claim {
  return { ...claim, scope: toProviderScope(claim.scope, provider) };
}
