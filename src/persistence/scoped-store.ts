import type { AccessKeyStore } from "../core/access/access-key.js";
import type { CredentialStore } from "../core/access/credential.js";
import type { RateLimits } from "../core/access/rate-limit.js";
import type { ClaimStore } from "../core/claim.js";
import type { CollectionStore } from "../core/collection.js";
import type { RecordStore } from "../core/record.js";
import type { RequestScope } from "../core/request-scope.js";
import type { SpaceStore } from "../core/space.js";
import type { Store } from "../core/store.js";
import type { TaskStore } from "../core/task.js";
import { guardPort, type RequestCalls, type Treatments } from "./guards/guarded-port.js";
import {
  claimTexts,
  collectionTexts,
  credentialTexts,
  keyTexts,
  recordTexts,
  spaceTexts,
  taskTexts,
} from "./guards/text-treatments.js";
import { PrismaAccessKeyStore } from "./stores/access-key-store.js";
import { PrismaClaimStore } from "./stores/claim-store.js";
import { PrismaCollectionStore } from "./stores/collection-store.js";
import { PrismaCredentialStore } from "./stores/credential-store.js";
import type { RecordGroups } from "./stores/record-groups.js";
import { PrismaRecordStore } from "./stores/record-store.js";
import { PrismaSpaceStore } from "./stores/space-store.js";
import type { ScopedParts, StoreParts } from "./stores/store-parts.js";
import { PrismaTaskStore, type TaskListeners } from "./tasks/task-store.js";

/** What the stores of all requests have in common. */
export interface StoreResources {
  readonly parts: StoreParts;
  readonly groups: RecordGroups;
  readonly onTask: TaskListeners;
  readonly rates: RateLimits;
  /** How many calls one request has at one time. */
  readonly callsOfRequest: number;
}

/** The store of one request. Its ports are made when they are first used: most requests need one of them. */
export class ScopedStore implements Store {
  readonly #resources: StoreResources;
  readonly #parts: ScopedParts;
  readonly #calls: RequestCalls;
  #collections: CollectionStore | undefined;
  #spaces: SpaceStore | undefined;
  #records: RecordStore | undefined;
  #tasks: TaskStore | undefined;

  constructor(resources: StoreResources, scope: RequestScope) {
    this.#resources = resources;
    const { prisma, adapter, tables, clock, ids, pageKeys, jsonSize } = resources.parts;
    // Every member is named: a spread is many times dearer, and every request has a store.
    this.#parts = { prisma, adapter, tables, clock, ids, pageKeys, jsonSize, scope };
    this.#calls = { scope, most: resources.callsOfRequest };
  }

  get collections(): CollectionStore {
    return (this.#collections ??= this.#guard(new PrismaCollectionStore(this.#parts), collectionTexts));
  }

  get spaces(): SpaceStore {
    return (this.#spaces ??= this.#guard(new PrismaSpaceStore(this.#parts), spaceTexts));
  }

  get records(): RecordStore {
    return (this.#records ??= this.#guard(new PrismaRecordStore(this.#parts, this.#resources.groups), recordTexts));
  }

  get tasks(): TaskStore {
    return (this.#tasks ??= this.#guard(new PrismaTaskStore(this.#parts, this.#resources.onTask), taskTexts));
  }

  get claims(): ClaimStore {
    return this.#guard(new PrismaClaimStore(this.#parts), claimTexts);
  }

  get credentials(): CredentialStore {
    return this.#guard(new PrismaCredentialStore(this.#parts), credentialTexts);
  }

  get keys(): AccessKeyStore {
    return this.#guard(new PrismaAccessKeyStore(this.#parts), keyTexts);
  }

  get rates(): RateLimits {
    return this.#resources.rates;
  }

  #guard<Port extends object>(port: Port, texts: Treatments<Port>): Port {
    return guardPort(port, texts, this.#calls);
  }
}
