import { allOf } from "./visible.js";
import { asReceipt } from "./as-receipt.js";
import { mirrorsNothing } from "./mirrors-nothing.js";
import { systemCaller, type Caller } from "../../src/core/access/caller.js";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { createAuthentication, type Authentication } from "../../src/application/access/authentication.js";
import { createPolicy } from "../../src/application/access/policy.js";
import { createRefusedCredentials } from "../../src/application/access/refused-credentials.js";
import { startImportWorker } from "../../src/application/import-tasks.js";
import { createManageCollections } from "../../src/application/manage-collections.js";
import { createWriteRecords } from "../../src/application/write-records.js";
import { readConfig } from "../../src/host/settings/config.js";
import { connectProviders } from "../../src/host/connect-providers.js";
import { unlimitedCaller, type Authorization } from "../../src/contract/credentials.js";
import type { ContractReply } from "../../src/contract/message.js";
import type { Provider } from "../../src/contract/provider.js";
import type { Collection } from "../../src/core/collection.js";
import type { NewCredential } from "../../src/core/access/credential.js";
import type { Clock } from "../../src/core/clock.js";
import type { Log } from "../../src/core/log.js";
import type { JsonObject } from "../../src/json/value.js";
import { programScope, RequestScope, systemRequest } from "../../src/core/request-scope.js";
import type { Store, StoreOf } from "../../src/core/store.js";
import type { WriteCommand, WriteOperation, WriteReceipt } from "../../src/core/write.js";
import { randomIds } from "../../src/host/system.js";
import type { Database } from "../../src/persistence/database.js";
import { fillRequest, type LooseRequest } from "../contract/loose-request.js";
import { openMemory, silentLog } from "../persistence/databases.js";
import { scanLog } from "../scan/scan.js";

export interface ServiceOptions {
  /** Default: off. */
  readonly authorization?: Authorization;
  /** Configuration variables of the provider, without its prefix. */
  readonly settings?: Readonly<Record<string, string | number>>;
  readonly now?: () => Date;
  /** Ports that stand in for those of the same name. Called for every request, with its store. */
  readonly standIns?: (store: Store) => Partial<Store>;
  /**
   * The secret of a caller with all rights: the data source sends it, and so does `send` when a request has no headers.
   */
  readonly secret?: string;
  /** Defaults of `send`; by default the route of the provider's first write. */
  readonly usual?: LooseRequest;
}

/** A provider, wired as in the program. A test triggers the work on tasks. */
export interface Service {
  readonly store: Store;
  readonly send: (request?: LooseRequest) => Promise<ContractReply>;
  /** Writes through the use case and the data source. */
  readonly write: (operation: WriteOperation, command: WriteCommand) => Promise<WriteReceipt>;
  readonly create: (definition: JsonObject) => Promise<Collection>;
  readonly saveCredential: (credential: Omit<NewCredential, "provider">) => Promise<void>;
  /** All records in their read form. */
  readonly storedFields: (collection: Collection) => Promise<readonly JsonObject[]>;
  readonly settle: (taskId: string) => Promise<void>;
}

const patienceMs = 60_000;

/** A service for the tests of a file or block. Collections that a test creates are deleted after it. */
export function useService(provider: Provider, usual: ServiceOptions = {}): (options?: ServiceOptions) => Service {
  let database: Database | undefined;
  beforeAll(async () => {
    database = await openMemory();
    const { secret } = usual;
    if (secret !== undefined)
      await database.store.credentials.saveCredential({
        provider: provider.id,
        caller: unlimitedCaller("root"),
        secret,
      });
  });
  afterAll(() => database?.close());
  return (options = {}) => {
    if (database === undefined) throw new Error("the database is not open yet");
    const { store, storeOf } = database;
    onTestFinished(() => deleteCollections(store, provider));
    return createService(provider, storeOf, { ...usual, ...options });
  };
}

function createService(provider: Provider, storeOfRequest: StoreOf, options: ServiceOptions): Service {
  const { secret, usual, now = () => new Date(), standIns } = options;
  const storeOf: StoreOf = (scope) => {
    const real = storeOfRequest(scope);
    return standIns === undefined ? real : withStandIns(real, standIns(real));
  };
  const store = storeOf(programScope);
  const [clock, ids, log] = [{ now }, randomIds, silentLog];
  const config = readConfig(environmentOf(provider, options), [provider]);
  const authentication = authenticateOver(provider, { store, clock, log });
  const surroundings = { config, storeOf, clock, ids, fetch, log, authentication, keyRates: {} };
  const { directory, services } = connectProviders([provider], surroundings);
  const policy = createPolicy(directory);
  const [writeRecords, manageCollections] = [
    createWriteRecords({ directory, policy, mirrorTask: mirrorsNothing, log: scanLog }),
    createManageCollections({ directory, policy, storeOf, ids }),
  ];
  const transport = services.get(provider.id)?.transport;
  const contract = provider.contracts.find(({ operation }) => operation !== undefined);
  if (transport === undefined || contract === undefined) throw new Error(`${provider.id} writes nothing`);
  const { method, path, dialect } = contract;
  const headers = secret === undefined ? {} : dialect.credentials.write(secret);
  return {
    store,
    send: (request) =>
      transport(fillRequest({ method, path, query: {}, headers, ...usual }, request), AbortSignal.timeout(patienceMs)),
    write: async (operation, command) => {
      const caller = await callerOf(authentication, options);
      const request = { provider: provider.id, operation, origin: { scope: new RequestScope() }, ...command };
      return asReceipt(await writeRecords(caller, request, AbortSignal.timeout(patienceMs)));
    },
    create: (definition) => manageCollections.create(systemRequest, provider.id, definition),
    saveCredential: (credential) => store.credentials.saveCredential({ provider: provider.id, ...credential }),
    storedFields: async (collection) => {
      const { items } = await store.records.listRecords(collection.id, { first: 100_000 });
      return items.map((record) => provider.collections.toFields(collection, record));
    },
    // The worker of the program, with the test as its queue.
    settle: (taskId) =>
      startImportWorker({
        directory,
        tasks: store.tasks,
        queue: { start: ({ work }) => work(taskId), stop: async () => undefined },
      }),
  };
}

function withStandIns(store: Store, standIns: Partial<Store>): Store {
  return new Proxy(store, { get: (real, name): unknown => Reflect.get(name in standIns ? standIns : real, name) });
}

function authenticateOver(
  { id, contracts: [contract] }: Provider,
  { store, clock, log }: { readonly store: Store; readonly clock: Clock; readonly log: Log },
): Authentication {
  const { keys, credentials } = store;
  const schemes = new Map(contract === undefined ? [] : [[id, contract.dialect.credentials]]);
  const refused = createRefusedCredentials({ perMinute: 0, log });
  return createAuthentication({ keys, credentials, schemes, clock, refused });
}

/** The caller of GraphQL with the secret of the service. */
async function callerOf(authentication: Authentication, { authorization, secret }: ServiceOptions): Promise<Caller> {
  if (authorization !== "on") return systemCaller;
  const caller = secret === undefined ? undefined : await authentication.identify(secret, undefined);
  return caller ?? { kind: "credential", callers: new Map() };
}

function environmentOf(
  { id }: Provider,
  { authorization = "off", settings = {} }: ServiceOptions,
): Readonly<Record<string, string | undefined>> {
  const own = Object.entries(settings).map(
    ([name, value]) => [`${id.toUpperCase()}_${name}`, value.toString()] as const,
  );
  return { AUTHORIZATION: authorization, ...Object.fromEntries(own) };
}

async function deleteCollections({ collections }: Store, { id }: Provider): Promise<void> {
  const { items } = await collections.listCollections({ visible: allOf(id) }, { first: 10_000 });
  for (const collection of items) await collections.deleteCollection(collection.id);
}
