import type { z } from "zod";
import type { Clock, IdSource } from "../core/clock.js";
import type { JsonObject } from "../json/value.js";
import type { ProviderCaller } from "../core/access/caller.js";
import type { SpaceFilter } from "../core/access/visibility.js";
import type { Collection, NewCollection } from "../core/collection.js";
import type { NewCredential } from "../core/access/credential.js";
import type { StoredRecord } from "../core/record.js";
import type { PendingTask, TaskResult, UniqueValue } from "../core/task.js";
import type { Connect } from "./call.js";
import type { CredentialSource } from "./credential-source.js";
import type { Contract } from "./contract.js";
import type { DataSourceKind, WriteTargets } from "./data-source.js";
import type { RemoteTasks } from "./tasks/remote-tasks.js";
import type { ProviderCollections } from "./provider-store.js";
import type { Endpoint, ServiceContext } from "./service.js";
import { verifyEndpoints, verifyProvider } from "./verify/verify-provider.js";

/** The declaration and the read form of a provider's collections. */
export interface CollectionKind<Definition extends z.ZodObject = z.ZodObject> {
  /** Strict. The keys are the contract's own names. */
  readonly definition: Definition;
  /** The collection of a parsed definition; generated parts, such as an id, come from `ids`. @throws DefinitionError */
  readonly toCollection: (definition: z.output<Definition>, ids: IdSource) => Omit<NewCollection, "provider">;
  /** Describes a conflict with an existing collection other than by name; undefined without one. */
  readonly findConflict?: (
    collections: ProviderCollections,
    wanted: Omit<NewCollection, "provider">,
  ) => Promise<string | undefined>;
  /**
   * Whether a new collection adds this member to the definition of its space, as a part of itself: the member then needs
   * the right to create the collection, every other one the right to change the space. Absent: none is a part.
   */
  readonly isPartOfCollection?: (spaceMember: string) => boolean;
  /** A stored record in the contract's read form. */
  readonly toFields: (collection: Collection, record: StoredRecord) => JsonObject;
  /** The members of a definition that grant access; absent: a definition cannot grant access. */
  readonly access?: AccessKind;
}

/** What a caller does with collections outside the contracts. `describe` reads definitions and import tasks. */
export type CollectionAction = "describe" | "read-records" | "create" | "delete";

/**
 * The secret members of a definition: stored as credentials, never in the definition, and not part of the GraphQL
 * input.
 */
export interface AccessKind<Members extends z.ZodObject = z.ZodObject> {
  readonly members: Members;
  /** The credentials behind the members. `definition` is for the space and the collection that it names. */
  readonly toCredentials: (
    members: z.output<Members>,
    definition: JsonObject,
  ) => readonly Omit<NewCredential, "provider">[];
  /**
   * The spaces in which a caller with a credential of its own may do this in GraphQL: where the provider's contracts
   * would let the caller do the same.
   */
  readonly spaces: Readonly<Record<CollectionAction, (caller: ProviderCaller) => SpaceFilter>>;
  /** Whether such a caller may create the space or change its state and rights; absent: never. */
  readonly mayChangeSpace?: (caller: ProviderCaller, space: string) => boolean;
}

export function defineAccess<Members extends z.ZodObject>(access: AccessKind<Members>): AccessKind {
  // The schema that is declared beside the function parses its members.
  return { ...access, toCredentials: access.toCredentials as AccessKind["toCredentials"] };
}

/** The processing of a provider's asynchronous imports. */
export interface ImportKind {
  /** Validates the payload; pure. */
  readonly process: (pending: PendingTask) => TaskResult;
  /** The result when the collection already has `values`: it must not store any record of the batch. */
  readonly clash: (pending: PendingTask, result: TaskResult, values: readonly UniqueValue[]) => TaskResult;
}

/** A collection and requests for trying the provider. */
export interface Sample {
  readonly definition: JsonObject;
  /** The collection as a target; every operation of the provider accepts it. */
  readonly target: JsonObject;
  /** Valid records. */
  readonly records: readonly JsonObject[];
  /** A record that is refused or dropped because of `field`. */
  readonly faulty: { readonly record: JsonObject; readonly field: string };
  /** A well-formed target that does not exist. */
  readonly absentTarget: JsonObject;
}

/** The dependencies of the credentials for a real service. */
export interface RemoteContext {
  /** Calls contracts of the service without a credential. */
  readonly connect: Connect;
  readonly clock: Clock;
  /** The configured secret. */
  readonly token: string | undefined;
  /** The values of the remote settings, parsed by their schema. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RemoteKind {
  /** Configuration variables without the provider's prefix; each parses a text, is optional, and needs a base URL. */
  readonly settings: z.ZodObject;
  /** Undefined: the configured secret is the credential. @throws ConfigError for settings that do not fit */
  readonly createCredentials: (context: RemoteContext) => CredentialSource | undefined;
}

export interface Provider {
  /** One lower-case word; also the path prefix and the prefix of the configuration variables. */
  readonly id: string;
  readonly title: string;
  /** The first part of the contracts' paths, where the service's documentation includes it in the base URL. */
  readonly basePath?: string;
  /**
   * Paths at the root of the server that the provider claims: its dialect answers every request below them. Empty: the
   * provider is served under `/<id>` only.
   */
  readonly root: readonly string[];
  readonly contracts: readonly Contract[];
  /** The target schema of each operation of the provider. */
  readonly targets: WriteTargets;
  /** The space that a parsed target names; undefined where the credential alone decides. */
  readonly spaceOfTarget?: DataSourceKind["toSpace"];
  readonly collections: CollectionKind;
  readonly imports?: ImportKind;
  /** For a service whose writes answer a task: how the real service is asked for it. */
  readonly remoteTasks?: RemoteTasks;
  /** Configuration variables besides limits, without the provider's prefix; each parses a text and is optional. */
  readonly settings?: z.ZodObject;
  /** Called once by a program: the endpoints may share what they compute. */
  readonly createService: () => readonly Endpoint<ServiceContext>[];
  readonly createDataSource: DataSourceKind["connect"];
  /** What the calls to the real service need beside a fixed secret. */
  readonly remote?: RemoteKind;
  /** At least one; a new embedded database starts with their collections. */
  readonly samples: readonly Sample[];
}

type Derived = "targets" | "spaceOfTarget" | "createDataSource";

type ProviderDeclaration<Definition extends z.ZodObject, Settings extends z.ZodObject> = Omit<
  Provider,
  "collections" | "settings" | "createService" | Derived
> & {
  readonly dataSource: DataSourceKind;
  readonly collections: CollectionKind<Definition>;
  readonly settings?: Settings;
  readonly createService: () => readonly Endpoint<ServiceContext<z.output<Settings>>>[];
};

/**
 * @throws Error at start-up when the parts do not fit; `createService` of the provider throws it when contracts and
 * endpoints do not
 */
export function defineProvider<Definition extends z.ZodObject, Settings extends z.ZodObject>({
  dataSource,
  ...declaration
}: ProviderDeclaration<Definition, Settings>): Provider {
  const { targets, toSpace: spaceOfTarget, connect: createDataSource } = dataSource;
  verifyProvider({ ...declaration, targets });
  // The schema that is declared beside the service parses its settings.
  const createService = declaration.createService as Provider["createService"];
  return {
    ...declaration,
    targets,
    spaceOfTarget,
    createDataSource,
    createService: () => verifyEndpoints(declaration, createService()),
  };
}

/** A definition that its schema accepts and that is still invalid. */
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
