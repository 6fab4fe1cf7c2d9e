import type { Claim } from "../core/claim.js";
import type {
  Collection,
  CollectionFilter,
  CollectionStore,
  CreationOutcome,
  NewCollection,
  RenamedCollection,
  Space,
} from "../core/collection.js";
import type { CredentialStore, NewCredential } from "../core/access/credential.js";
import type { JsonObject } from "../json/value.js";
import type { Page, PageRequest } from "../core/page.js";
import type {
  MergeBatch,
  RecordPageRequest,
  RecordStore,
  StoredRecord,
  UpsertBatch,
  WriteBatch,
} from "../core/record.js";
import type { CollectionLookUps, RememberedLookUps } from "./remembered-look-ups.js";
import type { SpaceStore } from "../core/space.js";
import type { NewTask, Task, TaskFailure, TaskStore } from "../core/task.js";

/**
 * The store of one provider's service, without access to other providers. Methods do the same as those of the same name
 * in
 * `core`, but take a collection or a task instead of its id.
 */
export interface ProviderStore {
  readonly collections: ProviderCollections;
  /** Look-ups of `collections` for writes of records, see `writeLocated`. */
  readonly remembered: RememberedLookUps;
  readonly spaces: ProviderSpaces;
  readonly records: ProviderRecords;
  readonly tasks: ProviderTasks;
  readonly claims: ProviderClaims;
  readonly credentials: ProviderCredentials;
}

export interface ProviderCollections extends CollectionLookUps {
  /** `created: false` without a collection as well for a space that the caller cannot see. */
  createCollection(collection: Omit<NewCollection, "provider">): Promise<CreationOutcome>;
  changeDefinition(collection: Collection, definition: JsonObject): ReturnType<CollectionStore["changeDefinition"]>;
  renameCollection(collection: Collection, renamed: RenamedCollection): ReturnType<CollectionStore["renameCollection"]>;
  deleteCollection(collection: Collection): Promise<boolean>;
  findByName(collection: string): Promise<Collection | undefined>;
  collectionsById(ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  listCollections(filter: Omit<CollectionFilter, "visible">, page: PageRequest): Promise<Page<Collection>>;
}

export interface ProviderSpaces {
  /** `unseen`: the caller may not see a space of the name, which is not created. */
  createSpace(
    space: Pick<Space, "name" | "definition">,
    max?: number,
  ): Promise<"created" | "exists" | "full" | "unseen">;
  changeSpace(space: Space, definition: JsonObject, taken?: string): ReturnType<SpaceStore["changeSpace"]>;
  deleteSpace(space: Space): ReturnType<SpaceStore["deleteSpace"]>;
  listSpaces(page: PageRequest): Promise<Page<Space>>;
}

interface ProviderBatch extends WriteBatch {
  readonly collection: Collection;
}

interface ProviderUpsert extends UpsertBatch {
  readonly collection: Collection;
}

interface ProviderMerge extends MergeBatch {
  readonly collection: Collection;
}

export interface ProviderRecords {
  insert(batch: ProviderBatch): ReturnType<RecordStore["insert"]>;
  upsert(batch: ProviderUpsert): ReturnType<RecordStore["upsert"]>;
  replaceMerged(batch: ProviderMerge): ReturnType<RecordStore["replaceMerged"]>;
  deleteByKey(collection: Collection, keys: readonly string[]): Promise<number>;
  recordsByKey(collection: Collection, keys: readonly string[]): Promise<readonly StoredRecord[]>;
  listRecords(collection: Collection, page: RecordPageRequest): Promise<Page<StoredRecord>>;
  countRecords(collections: readonly Collection[]): Promise<readonly number[]>;
  /** The scope is the provider's own: another provider may use the same name. */
  reserveNumbers(scope: string, count: number, atLeast: bigint): Promise<bigint>;
}

interface ProviderTask extends Omit<NewTask, "provider"> {
  readonly collection: Collection;
}

interface FailurePageRequest extends PageRequest {
  readonly task: Task;
}

/** A task of the embedded service itself. */
export type ImportedTask = Task & Required<Pick<Task, "collectionId">>;

export interface ProviderTasks {
  enqueue(task: ProviderTask): ReturnType<TaskStore["enqueue"]>;
  tasksById(ids: readonly string[]): Promise<readonly (ImportedTask | undefined)[]>;
  failurePages(requests: readonly FailurePageRequest[]): Promise<readonly Page<TaskFailure>[]>;
}

/** Claims in scopes of the provider: another provider may use the same names. */
export interface ProviderClaims {
  findClaim(scope: string, key: string): Promise<Claim | undefined>;
  takeClaim(claim: Claim): Promise<Claim>;
}

/** Saves credentials for this provider only; finds those for every provider as well. */
export interface ProviderCredentials {
  saveCredential(credential: Omit<NewCredential, "provider">): Promise<void>;
  findCaller(secret: string, now: Date): ReturnType<CredentialStore["findCaller"]>;
}
