import type { z } from "zod";
import type { Clock, IdSource } from "../core/clock.js";
import type { JsonObject } from "../json/value.js";
import type { Collection, NewCollection } from "../core/collection.js";
import type { NewCredential } from "../core/credential.js";
import type { StoredRecord } from "../core/record.js";
import type { PendingTask, TaskResult, UniqueValue } from "../core/task.js";
import type { Contract } from "./contract.js";
import type { Authorization } from "./credentials.js";
import type { DataSourceKind, WriteTargets } from "./data-source.js";
import type { ProviderCollections, ProviderStore } from "./provider-store.js";
import type { Endpoint } from "./service.js";
import { verifyEndpoints, verifyProvider } from "./verify/verify-provider.js";

/** What a service may use. */
export interface ServiceContext<Settings = unknown> {
  readonly store: ProviderStore;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** The provider's own, parsed. */
  readonly settings: Settings;
  /** Off: any credential is good. */
  readonly authorization: Authorization;
}

/** How a provider's collections are declared and read. */
export interface CollectionKind<Definition extends z.ZodObject = z.ZodObject> {
  /** Strict. The keys are those of the contract's own words. */
  readonly definition: Definition;
  /** Where a parsed definition goes; what has to be made up (an id) comes from `ids`. @throws DefinitionError */
  readonly toCollection: (definition: z.output<Definition>, ids: IdSource) => Omit<NewCollection, "provider">;
  /** What else than the name of a collection stands in the way of a new one, in words; undefined: nothing. */
  readonly findConflict?: (collections: ProviderCollections, wanted: Omit<NewCollection, "provider">) => Promise<string | undefined>;
  /** A stored record in the contract's own read form. */
  readonly toFields: (collection: Collection, record: StoredRecord) => JsonObject;
  /** Who may use the service, where a definition says so. */
  readonly access?: AccessKind;
}

/** The members of a definition that are secrets: kept as credentials, never in the definition, and no part of GraphQL's input. */
export interface AccessKind<Members extends z.ZodObject = z.ZodObject> {
  readonly members: Members;
  /** What they stand for. The definition is given for what it says of the space. */
  readonly toCredentials: (members: z.output<Members>, definition: JsonObject) => readonly Omit<NewCredential, "provider">[];
}

export function defineAccess<Members extends z.ZodObject>(access: AccessKind<Members>): AccessKind {
  // The members are parsed with the schema beside the function that takes them.
  return { ...access, toCredentials: access.toCredentials as AccessKind["toCredentials"] };
}

/** How a provider's asynchronous imports are worked off. */
export interface ImportKind {
  /** Validates the payload; pure. */
  readonly process: (pending: PendingTask) => TaskResult;
  /** The result when `values` turned out to be stored already: nothing of the batch may be stored then. */
  readonly clash: (pending: PendingTask, result: TaskResult, values: readonly UniqueValue[]) => TaskResult;
}

/** A collection to try the provider with. */
export interface Sample {
  readonly definition: JsonObject;
  /** Names the collection; every operation of the provider takes it. */
  readonly target: JsonObject;
  /** Records that are stored. */
  readonly records: readonly JsonObject[];
  /** A record that is refused or dropped for the sake of `field`. */
  readonly faulty: { readonly record: JsonObject; readonly field: string };
  /** A well-formed target that does not exist. */
  readonly absentTarget: JsonObject;
}

export interface Provider {
  /** One lower-case word; also the path prefix and the prefix of the configuration variables. */
  readonly id: string;
  readonly title: string;
  /** The beginning of the contracts' paths, where the service's own documents count it to the base URL. */
  readonly basePath?: string;
  /** What of the server's root is the provider's: below these paths everything is answered in its dialect. Empty: it stands under `/<id>` only. */
  readonly root: readonly string[];
  readonly contracts: readonly Contract[];
  /** Of each operation that the provider has. */
  readonly targets: WriteTargets;
  readonly collections: CollectionKind;
  readonly imports?: ImportKind;
  /** Variables of the configuration besides limits, without the provider's prefix; each reads a text and may be absent. */
  readonly settings?: z.ZodObject;
  readonly createService: (context: ServiceContext) => readonly Endpoint[];
  readonly createDataSource: DataSourceKind["connect"];
  /** At least one; a new embedded database starts with their collections. */
  readonly samples: readonly Sample[];
}

type Derived = "targets" | "createDataSource";

type ProviderDeclaration<Definition extends z.ZodObject, Settings extends z.ZodObject> = Omit<
  Provider,
  "collections" | "settings" | "createService" | Derived
> & {
  readonly dataSource: DataSourceKind;
  readonly collections: CollectionKind<Definition>;
  readonly settings?: Settings;
  readonly createService: (context: ServiceContext<z.output<Settings>>) => readonly Endpoint[];
};

/** @throws Error at start-up when the parts do not fit; `createService` of the provider throws it when contracts and endpoints do not */
export function defineProvider<Definition extends z.ZodObject, Settings extends z.ZodObject>({ dataSource, ...declaration }: ProviderDeclaration<Definition, Settings>): Provider {
  const { targets, connect: createDataSource } = dataSource;
  verifyProvider({ ...declaration, targets });
  // Settings are parsed with the schema beside the service that takes them.
  const createService = declaration.createService as Provider["createService"];
  return { ...declaration, targets, createDataSource, createService: (context) => verifyEndpoints(declaration, createService(context)) };
}

/** A definition that its schema takes and yet makes no sense. */
export class DefinitionError extends Error {
  readonly field: string;
  readonly rule: string;

  constructor(refused: { readonly field: string; readonly rule: string; readonly message: string }) {
    super(refused.message);
    this.name = "DefinitionError";
    this.field = refused.field;
    this.rule = refused.rule;
  }
}
