import type { ProviderDirectory } from "./application/providers.js";
import { applyDefinitionsFile } from "./application/definitions-file.js";
import { startImportWorker } from "./application/import-tasks.js";
import { createMirrorTask, startMirrorWorker } from "./application/mirrored-tasks.js";
import { createManageCollections, type ManageCollections } from "./application/manage-collections.js";
import { createReadRecords, type ReadRecords } from "./application/read-records.js";
import { createWriteRecords, type WriteRecords } from "./application/write-records.js";
import { findMisspeltCoreSettings, readConfig, type Config, type Environment } from "./host/settings/config.js";
import { openKeyRates } from "./host/open-key-rates.js";
import { toOperationLimits } from "./host/settings/graphql-settings.js";
import { connectProviders, type ConnectedProviders } from "./host/connect-providers.js";
import { createAuthentication, type Authentication } from "./application/access/authentication.js";
import { createPolicy } from "./application/access/policy.js";
import { createRefusedCredentials } from "./application/access/refused-credentials.js";
import type { Provider } from "./contract/provider.js";
import type { Caller } from "./core/access/caller.js";
import { systemRequest } from "./core/request-scope.js";
import type { Clock, IdSource } from "./core/clock.js";
import type { JsonObject } from "./json/value.js";
import type { Log } from "./core/log.js";
import type { Store } from "./core/store.js";
import { randomIds, systemClock } from "./host/system.js";
import { createGraphql } from "./graphql/create-graphql.js";
import type { ExecuteOperation } from "./graphql/graphql-operation.js";
import type { ExecutedOperation } from "./graphql/executed-operation.js";
import type { TypedDocument, VariablesOf } from "./graphql/typed-document.js";
import { describeOpening, toStartReport } from "./host/start-report.js";
import { createLog } from "./host/log.js";
import { createAppHttp } from "./app-http.js";
import { isEmbeddedDatabase, openConfiguredDatabase } from "./app-database.js";
import type { Database } from "./persistence/database.js";
import * as registry from "./providers/registry.js";

export interface UseCases {
  readonly writeRecords: WriteRecords;
  readonly manageCollections: ManageCollections;
  readonly readRecords: ReadRecords;
}

export interface AppOptions {
  readonly environment: Environment;
  /** Default: the built-in ones. */
  readonly providers?: readonly Provider[];
  readonly clock?: Clock;
  readonly ids?: IdSource;
  /** Performs the calls to remote providers. */
  readonly fetch?: typeof fetch;
  readonly log?: Log;
  /**
   * The caller of every GraphQL request. Absent: the credential of the request decides, and `graphql` without HTTP is
   * refused; while AUTHORIZATION is off, everything is allowed.
   */
  readonly caller?: Caller;
  /** Replace use cases of the program, for tests of the faces in front of them. */
  readonly useCases?: Partial<UseCases>;
  /** Whether a new embedded database starts with the providers' sample collections. */
  readonly samples?: boolean;
  /** Called at each step of the start, with a text for people. */
  readonly onStep?: (step: string) => void;
}

export type { TypedDocument };

export type GraphqlAnswer<Data = JsonObject> = ExecutedOperation<Data>;

export interface App {
  /** Location of the data, for people; without secrets. */
  readonly description: string;
  /** Lines for people: location of the data, mode of each provider, state of the switches. */
  readonly report: readonly string[];
  /** Starts to accept connections. @throws OperatorError when the address cannot be listened on */
  readonly listen: () => Promise<{ readonly url: string }>;
  /**
   * Waits for calls in flight, then releases everything. Connections that clients keep alive are closed after
   * `lingerMs` (default: at once), so that requests on their way are answered.
   */
  readonly close: (lingerMs?: number) => Promise<void>;
  /**
   * Executes without HTTP. A typed document implies the types of variables and data; for a text the caller may give
   * them.
   */
  readonly graphql: <Data = JsonObject, Variables = Readonly<Record<string, unknown>>>(
    document: string | TypedDocument<Data, Variables>,
    ...variables: VariablesOf<Variables>
  ) => Promise<GraphqlAnswer<Data>>;
}

/** The program and its parts, for the tests of this repository. */
export interface AssembledApp<Program extends App = App> {
  readonly app: Program;
  readonly store: Store;
  readonly manageCollections: ManageCollections;
  readonly directory: ProviderDirectory;
  /** Executes an operation of any caller. */
  readonly execute: ExecuteOperation;
  readonly authentication: Authentication;
  /** The embedded services, by provider. */
  readonly services: ConnectedProviders["services"];
}

/** The caller of every request while authorization is off. */
const anyone: Caller = { kind: "unrestricted", principal: "anyone" };

/** In the order in which clients see them. */
export const builtInProviders: readonly Provider[] = Object.values(registry);

/** Wires the program. @throws OperatorError */
export async function createApp(options: AppOptions): Promise<App> {
  return (await assembleApp(options)).app;
}

/** @throws OperatorError */
export async function assembleApp(options: AppOptions): Promise<AssembledApp> {
  const { providers = builtInProviders } = options;
  const config = readConfig(options.environment, providers);
  const { clock = systemClock, ids = randomIds, log = createLog(config.LOG_LEVEL) } = options;
  for (const { name, meant } of findMisspeltCoreSettings(options.environment, providers))
    log.warn({ name, meant }, `${name} is not a setting; ${meant} is`);
  options.onStep?.(describeOpening(config));
  const database = await openConfiguredDatabase(config, { clock, ids, log });
  try {
    return await assembleFromParts({ ...options, providers, config, clock, ids, log, database });
  } catch (error) {
    await database.close();
    throw error;
  }
}

interface AppParts extends AppOptions {
  readonly providers: readonly Provider[];
  readonly config: Config;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly database: Database;
}

async function assembleFromParts(parts: AppParts): Promise<AssembledApp> {
  const { providers, config, clock, ids, log, database, fetch } = parts;
  const { store, storeOf, queue, mirrors } = database;
  const stopping = new AbortController();
  const closing = new AbortController();
  const schemes = new Map(
    providers.flatMap(({ id, contracts: [contract] }) =>
      contract ? [[id, contract.dialect.credentials] as const] : [],
    ),
  );
  const refused = createRefusedCredentials({ perMinute: config.REFUSED_CREDENTIALS_PER_MINUTE, log });
  const { keys, credentials } = store;
  const authentication = createAuthentication({ keys, credentials, schemes, clock, refused });
  const keyRates = openKeyRates(config, { rates: store.rates, log });
  const surroundings = { config, storeOf, clock, ids, fetch, log, authentication, keyRates, stopping: stopping.signal };
  const { directory, services, settle, close: closeUpstreams } = connectProviders(providers, surroundings);
  const policy = createPolicy(directory);
  const useCases: UseCases = {
    writeRecords: createWriteRecords({
      ...{ directory, policy, recordRate: keyRates.records, log, closing: closing.signal },
      mirrorTask: createMirrorTask({ tasks: store.tasks, ids, log }),
    }),
    manageCollections: createManageCollections({ directory, policy, storeOf, ids }),
    readRecords: createReadRecords({ policy, storeOf }),
    ...parts.useCases,
  };
  const graphql = await createGraphql({
    directory,
    ...useCases,
    clock,
    ids,
    log,
    requestRate: keyRates.requests,
    limits: toOperationLimits(config),
    introspection: config.INTROSPECTION === "on",
  });
  const caller = parts.caller ?? (config.AUTHORIZATION === "off" ? anyone : undefined);
  const http = createAppHttp({
    ...{ config, providers, directory, services, graphql, authentication, caller, store, clock, ids, log },
    isReady: () => database.isReady(),
    giveUp: () => stopping.abort(),
  });
  if (parts.samples !== false && isEmbeddedDatabase(config) && (await store.collections.isNew())) {
    parts.onStep?.("Creating the sample collections");
    await createSamples(directory, useCases.manageCollections);
  }
  if (config.DEFINITIONS_FILE !== undefined)
    await applyDefinitionsFile(config.DEFINITIONS_FILE, { directory, manage: useCases.manageCollections });
  await startImportWorker({ directory, tasks: store.tasks, queue });
  await startMirrorWorker({ directory, tasks: store.tasks, queue: mirrors, log });
  const app: App = {
    description: database.description,
    report: toStartReport({ config, database: database.description, providers }),
    listen: http.listen,
    close: async (lingerMs) => {
      closing.abort();
      // No task is asked for while the program waits for other calls.
      await Promise.all([mirrors.stop(), http.close(lingerMs)]);
      await settle();
      // Calls without HTTP may still be in flight.
      stopping.abort();
      await graphql.stop();
      await closeUpstreams();
      await database.close();
    },
    graphql: (query, ...[variables]) => graphql.execute({ query, variables, caller }),
  };
  const { manageCollections } = useCases;
  return { app, store, manageCollections, directory, execute: graphql.execute, authentication, services };
}

async function createSamples(directory: ProviderDirectory, manage: ManageCollections): Promise<void> {
  for (const id of directory.embeddedIds()) {
    for (const { definition } of directory.get(id).provider.samples) await manage.create(systemRequest, id, definition);
  }
}
