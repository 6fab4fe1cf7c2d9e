import type { JsonObject } from "../json/value.js";
import type { Page, PageRequest } from "./page.js";
import type { Visibility, VisibleSpaces } from "./access/visibility.js";

/** The container of collections: a Milvus database, a Redivis dataset, an Altatech agent, a DingTalk base. */
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
  /** Grows with every change of the space, of its rights and of the second names in it; a write names it as well. */
  readonly spaceVersion: number;
  readonly createdAt: Date;
}

/** A space, in this version, and a collection in it. */
export interface LocatedCollection {
  readonly space?: Space;
  readonly spaceVersion?: number;
  readonly collection?: Collection;
}

export interface NewCollection {
  readonly provider: string;
  readonly space: { readonly name: string; readonly definition: JsonObject };
  readonly name: string;
  /** A second name, where the contract has one; unique in the space. */
  readonly alias?: string;
  readonly definition: JsonObject;
  /** The path of a member of the space's definition that takes the name: where it exists, nothing is created. */
  readonly takenBy?: readonly string[];
}

/** `created: false` comes with the collection in the way, or without one where a member of the space takes the name. */
export type CreationOutcome =
  | { readonly created: boolean; readonly collection: Collection }
  | { readonly created: false; readonly collection?: undefined };

/** A collection in the version that a caller has read. */
export type CollectionVersion = Pick<Collection, "id" | "version">;

/** A collection and its space in the versions that a caller has read. */
export type LocatedVersion = Pick<Collection, "id" | "version" | "spaceVersion">;

/** What a collection is after its renaming. */
export interface RenamedCollection {
  readonly name: string;
  /** The name of an existing space of the provider. */
  readonly space: string;
  readonly definition: JsonObject;
  /** The path of a member of that space's definition that takes the name: where it exists, the renaming is stale. */
  readonly takenBy?: readonly string[];
  /** The definition of the space that the collection leaves or stays in, where it names the collection. */
  readonly left?: { readonly read: JsonObject; readonly definition: JsonObject };
}

/**
 * `stale`: the collection no longer exists in that version. `claimed`: another write holds the claim. Neither writes
 * anything.
 */
export type BatchOutcome = "stored" | "stale" | "claimed";

/** `outrun`: the records that a merge has read are not those of its keys any more. Nothing is written. */
export type MergeOutcome = "stored" | "stale" | "outrun";

export interface CollectionFilter {
  readonly visible: Visibility;
  /** Name of the space that holds the collections. */
  readonly space?: string;
  /** The first characters of the collections' names. */
  readonly namePrefix?: string;
}

/**
 * Every method throws `StoreUnavailableError` when the database cannot be reached, and nothing else on purpose.
 * Lookups by several ids are one statement and answer in the order of the ids.
 */
export interface CollectionStore {
  /** Whether the store has never had a space. */
  isNew(): Promise<boolean>;
  /**
   * Creates the collection and, if absent, its space. The new collection's members of the space definition replace
   * those of an existing space; the other members stay. An existing collection of that name or alias is answered
   * unchanged, with `created: false`.
   */
  createCollection(
    collection: NewCollection & { readonly takenBy?: undefined },
  ): Promise<{ readonly created: boolean; readonly collection: Collection }>;
  createCollection(collection: NewCollection): Promise<CreationOutcome>;
  /** Replaces the definition of the collection, unless the collection was deleted or has another version. */
  changeDefinition(collection: CollectionVersion, definition: JsonObject): Promise<Exclude<BatchOutcome, "claimed">>;
  /**
   * Gives the collection another name, with its records. `stale` as well when the definition of the space that it
   * leaves is not the one that was read; `taken` when the space has another collection of the name.
   */
  renameCollection(collection: CollectionVersion, renamed: RenamedCollection): Promise<"stored" | "stale" | "taken">;
  /** Deletes the collection with its records and tasks; false when there is none. */
  deleteCollection(id: string): Promise<boolean>;
  /**
   * The first space by name whose definition has these texts as members. Reads all spaces of the provider: a look-up by
   * name is cheaper.
   */
  findSpace(visible: VisibleSpaces, members: Readonly<Record<string, string>>): Promise<Space | undefined>;
  /** Whether the definition of any of the spaces has a member at the path. */
  anySpaceHas(visible: VisibleSpaces, path: readonly string[]): Promise<boolean>;
  /** The space and the collection in it, by its name or else by its alias, in one statement. */
  locate(provider: string, space: string, collection: string): Promise<LocatedCollection>;
  /** A collection by its name, in any of the spaces. */
  findByName(visible: VisibleSpaces, collection: string): Promise<Collection | undefined>;
  collectionsById(visible: Visibility, ids: readonly string[]): Promise<readonly (Collection | undefined)[]>;
  /** In order of creation. */
  listCollections(filter: CollectionFilter, page: PageRequest): Promise<Page<Collection>>;
}
