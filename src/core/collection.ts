import type { JsonObject } from "../json/value.js";
import type { Page, PageRequest, ProviderFilter } from "./page.js";

/** What holds collections: a Milvus database, a Redivis dataset, an Altatech agent, a DingTalk base. */
export interface Space {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  readonly definition: JsonObject;
}

/** The place records go to. */
export interface Collection {
  readonly id: string;
  readonly provider: string;
  readonly spaceId: string;
  readonly spaceName: string;
  readonly name: string;
  readonly definition: JsonObject;
  /** Grows with every change of the definition; a write names the version it was validated against. */
  readonly version: number;
  readonly createdAt: Date;
}

export interface NewCollection {
  readonly provider: string;
  readonly space: { readonly name: string; readonly definition: JsonObject };
  readonly name: string;
  /** A second name, where the contract has one; no two of the space have the same. */
  readonly alias?: string;
  readonly definition: JsonObject;
}

/** A collection as somebody saw it. */
export type CollectionVersion = Pick<Collection, "id" | "version">;

/** `stale`: the collection no longer exists in that version. `claimed`: somebody has the claim. Nothing was written then. */
export type BatchOutcome = "stored" | "stale" | "claimed";

export interface CollectionFilter extends ProviderFilter {
  /** Name of the space they are in. */
  readonly space?: string;
  /** How their names begin. */
  readonly namePrefix?: string;
}

/**
 * Every method throws `StoreUnavailableError` when the database cannot be reached, and nothing else on purpose.
 * Lookups by several ids are one statement and answer in the order of the ids.
 */
export interface CollectionStore {
  /** Whether no space was ever created. */
  isNew(): Promise<boolean>;
  /**
   * Creates the collection and, if absent, its space; an existing space takes over what the new collection says of it and keeps the rest.
   * When there is a collection of that name or alias, nothing is changed and it is answered with `created: false`.
   */
  createCollection(collection: NewCollection): Promise<{ readonly created: boolean; readonly collection: Collection }>;
  /** Gives the collection another definition, unless it is gone or has another version by now. */
  changeDefinition(collection: CollectionVersion, definition: JsonObject): Promise<Exclude<BatchOutcome, "claimed">>;
  /** Deletes the collection with its records and tasks; false when there is none. */
  deleteCollection(id: string): Promise<boolean>;
  /** The first space by name whose definition has these texts as members. Reads all spaces of the provider, so only for what no name finds. */
  findSpace(provider: string, members: Readonly<Record<string, string>>): Promise<Space | undefined>;
  /** Whether the definition of any of the provider's spaces has something at the path. */
  anySpaceHas(provider: string, path: readonly string[]): Promise<boolean>;
  /** The space and the collection in it, by its name or else by its alias, in one statement. */
  locate(provider: string, space: string, collection: string): Promise<{ readonly space?: Space; readonly collection?: Collection }>;
  /** A collection by its name in whatever space of the provider. */
  findByName(provider: string, collection: string): Promise<Collection | undefined>;
  collectionsById(ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  /** In order of creation. */
  listCollections(filter: CollectionFilter, page: PageRequest): Promise<Page<Collection>>;
}
