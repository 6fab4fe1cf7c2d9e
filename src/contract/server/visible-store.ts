import type { Claim, ClaimStore } from "../../core/claim.js";
import type { Collection, CollectionStore, Space } from "../../core/collection.js";
import type { CredentialStore } from "../../core/access/credential.js";
import type { RecordStore, WriteBatch } from "../../core/record.js";
import { matchesSpaceName, type VisibleSpaces } from "../../core/access/visibility.js";
import type { SpaceStore } from "../../core/space.js";
import type { Store } from "../../core/store.js";
import type { Task, TaskStore } from "../../core/task.js";
import { type LookUpMemory, RememberedLookUps } from "../remembered-look-ups.js";
import type {
  ImportedTask,
  ProviderClaims,
  ProviderCollections,
  ProviderCredentials,
  ProviderRecords,
  ProviderSpaces,
  ProviderStore,
  ProviderTasks,
} from "../provider-store.js";

/**
 * What a caller sees of the store. Look-ups do not find anything of another provider, nor of a space that is not
 * visible. An argument of another provider is a defect. The parts are made when they are first used: most calls need
 * two of them.
 */
export class VisibleStore implements ProviderStore {
  readonly #store: Store;
  readonly #visible: VisibleSpaces;
  readonly #memory: LookUpMemory;
  #collections: ProviderCollections | undefined;
  #records: ProviderRecords | undefined;

  /** @param memory that of the provider */
  constructor(store: Store, visible: VisibleSpaces, memory: LookUpMemory) {
    this.#store = store;
    this.#visible = visible;
    this.#memory = memory;
  }

  get collections(): ProviderCollections {
    return (this.#collections ??= scopeCollections(this.#store.collections, this.#visible));
  }

  get remembered(): RememberedLookUps {
    return new RememberedLookUps(this.#memory, this.collections, (space) =>
      matchesSpaceName(this.#visible.spaces, space),
    );
  }

  get spaces(): ProviderSpaces {
    return scopeSpaces(this.#store.spaces, this.#visible);
  }

  get records(): ProviderRecords {
    return (this.#records ??= scopeRecords(this.#store.records, this.#visible.provider));
  }

  get tasks(): ProviderTasks {
    return scopeTasks(this.#store.tasks, this.#visible);
  }

  get claims(): ProviderClaims {
    return scopeClaims(this.#store.claims, this.#visible.provider);
  }

  get credentials(): ProviderCredentials {
    return scopeCredentials(this.#store.credentials, this.#visible.provider);
  }
}

export function scopeCollections(store: CollectionStore, visible: VisibleSpaces): ProviderCollections {
  const { provider, spaces } = visible;
  return {
    createCollection: async (wanted) =>
      matchesSpaceName(spaces, wanted.space.name)
        ? store.createCollection({ ...wanted, provider })
        : { created: false },
    changeDefinition: async (collection, definition) =>
      store.changeDefinition(requireOwnedBy(collection, provider), definition),
    renameCollection: async (collection, renamed) =>
      matchesSpaceName(spaces, renamed.space)
        ? store.renameCollection(requireOwnedBy(collection, provider), renamed)
        : "stale",
    deleteCollection: async (collection) => store.deleteCollection(requireOwnedBy(collection, provider).id),
    findSpace: (members) => store.findSpace(visible, members),
    anySpaceHas: (path) => store.anySpaceHas(visible, path),
    locate: async (space, collection) =>
      matchesSpaceName(spaces, space) ? store.locate(provider, space, collection) : {},
    findByName: (collection) => store.findByName(visible, collection),
    collectionsById: (ids) => store.collectionsById([visible], ids),
    listCollections: (filter, page) => store.listCollections({ ...filter, visible: [visible] }, page),
  };
}

function scopeSpaces(store: SpaceStore, visible: VisibleSpaces): ProviderSpaces {
  const { provider, spaces } = visible;
  return {
    createSpace: async (space, max) =>
      matchesSpaceName(spaces, space.name) ? store.createSpace({ ...space, provider }, max) : "unseen",
    changeSpace: async (space, definition, taken) =>
      store.changeSpace(requireOwnedBy(space, provider), definition, taken),
    deleteSpace: async (space) => store.deleteSpace(requireOwnedBy(space, provider).id),
    listSpaces: (page) => store.listSpaces(visible, page),
  };
}

function scopeRecords(store: RecordStore, provider: string): ProviderRecords {
  const toOwn = <Batch extends WriteBatch & { readonly collection: Collection }>(batch: Batch): Batch => {
    requireOwnedBy(batch.collection, provider);
    return batch.claim === undefined ? batch : { ...batch, claim: toProviderClaim(batch.claim, provider) };
  };
  return {
    insert: async (batch) => await store.insert(toOwn(batch)),
    upsert: async (batch) => await store.upsert(toOwn(batch)),
    replaceMerged: async (batch) => store.replaceMerged(toOwn(batch)),
    deleteByKey: async (collection, keys) => store.deleteByKey(requireOwnedBy(collection, provider).id, keys),
    recordsByKey: async (collection, keys) => store.recordsByKey(requireOwnedBy(collection, provider).id, keys),
    listRecords: async (collection, page) => store.listRecords(requireOwnedBy(collection, provider).id, page),
    countRecords: async (collections) =>
      store.countRecords(collections.map((each) => requireOwnedBy(each, provider).id)),
    reserveNumbers: (scope, count, atLeast) => store.reserveNumbers(toProviderScope(scope, provider), count, atLeast),
  };
}

function scopeTasks(store: TaskStore, visible: VisibleSpaces): ProviderTasks {
  const { provider } = visible;
  return {
    enqueue: async (task) =>
      store.enqueue({ ...task, collection: requireOwnedBy(task.collection, provider), provider }),
    tasksById: async (ids) => (await store.tasksById([visible], ids)).map(asImported),
    failurePages: async (requests) =>
      store.failurePages(
        [visible],
        requests.map(({ task, ...page }) => ({ ...page, ownerId: requireOwnedBy(task, provider).id })),
      ),
  };
}

/** The tasks of a real service do not exist for the embedded one. */
function asImported(task: Task | undefined): ImportedTask | undefined {
  return task?.collectionId === undefined ? undefined : { ...task, collectionId: task.collectionId };
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
function requireOwnedBy<Owned extends Collection | Space | Task>(owned: Owned, provider: string): Owned {
  if (owned.provider === provider) return owned;
  throw new Error(`the service of ${provider} uses ${owned.id}, which belongs to ${owned.provider}`);
}

/** Provider ids do not contain a dot, so that scopes of different providers never coincide. */
function toProviderScope(scope: string, provider: string): string {
  return `${provider}.${scope}`;
}

function toProviderClaim(claim: Claim, provider: string): Claim {
  return { ...claim, scope: toProviderScope(claim.scope, provider) };
}
