import { ProviderDirectory, type ConnectedProvider } from "../application/providers.js";
import type { Config } from "./settings/config.js";
import { createConnect } from "../contract/client/client.js";
import type { Authentication } from "../application/access/authentication.js";
import { unlimitedCaller } from "../contract/credentials.js";
import type { Authenticator } from "../contract/server/authenticator.js";
import type { SpaceFilter } from "../core/access/visibility.js";
import { withFaults } from "../contract/server/faults.js";
import { connectUpstream, type ConnectedUpstream } from "./connect-upstream.js";
import { effectiveLimit, partLimit } from "../contract/limits.js";
import type { ContractReply, Transport } from "../contract/message.js";
import type { Provider } from "../contract/provider.js";
import type { ServiceContext } from "../contract/service.js";
import { answerOverload, answerUnreadable, createRouter, type EarlyRefusal } from "../contract/server/router.js";
import { createLookUpMemory } from "../contract/remembered-look-ups.js";
import { VisibleStore } from "../contract/server/visible-store.js";
import type { RequestScope } from "../core/request-scope.js";
import type { Clock, IdSource } from "../core/clock.js";
import type { KeyRates } from "../core/access/rate-limit.js";
import type { Log } from "../core/log.js";
import type { StoreOf } from "../core/store.js";

export interface ProviderSurroundings {
  readonly config: Config;
  readonly storeOf: StoreOf;
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Stands in for the network; absent: connections of our own. */
  readonly fetch?: typeof fetch;
  readonly log: Log;
  readonly authentication: Authentication;
  readonly keyRates: KeyRates;
  /** Aborts when the program stops waiting for calls in flight. */
  readonly stopping?: AbortSignal;
}

export interface ConnectedProviders {
  readonly directory: ProviderDirectory;
  /** The embedded service of each provider, including remote ones: their REST faces use it. */
  readonly services: ReadonlyMap<string, EmbeddedService>;
  /** Waits for calls of real services whose callers were answered already, bounded. */
  readonly settle: () => Promise<void>;
  /** Closes the connections to real services. */
  readonly close: () => Promise<void>;
}

interface EmbeddedService {
  readonly transport: Transport;
  /** The reply to a request that cannot be read or that the server does not accept. */
  readonly answerUnreadable: (refusal: EarlyRefusal) => ContractReply;
  /** The reply to a request for which the server has no room. */
  readonly answerOverload: () => ContractReply;
  /** Whether the contracts themselves answer the preflights of browsers. */
  readonly answersPreflights: boolean;
}

/** Milliseconds that a stop waits for calls whose callers were answered already. */
const settleTimeoutMs = 5000;

/** Puts a transport behind each provider: its own router, or HTTP where a base URL is configured. */
export function connectProviders(
  providers: readonly Provider[],
  surroundings: ProviderSurroundings,
): ConnectedProviders {
  const services = new Map(providers.map((provider) => [provider.id, createEmbeddedService(provider, surroundings)]));
  const upstreams = new Map(
    providers.flatMap((provider): [string, ConnectedUpstream][] => {
      const config = surroundings.config.providers[provider.id];
      if (config?.baseUrl === undefined) return [];
      return [[provider.id, connectUpstream(provider, { ...config, baseUrl: config.baseUrl }, surroundings)]];
    }),
  );
  const connected = providers.map((provider) => connectProvider(provider, { ...surroundings, services, upstreams }));
  return {
    directory: new ProviderDirectory(connected),
    services,
    settle: async () => {
      await Promise.all([...upstreams.values()].map(({ upstream }) => upstream.watch.settle(settleTimeoutMs)));
    },
    close: async () => {
      await Promise.all([...upstreams.values()].map(({ close }) => close()));
    },
  };
}

function createEmbeddedService(provider: Provider, surroundings: ProviderSurroundings): EmbeddedService {
  const { config, storeOf, clock, ids, log, keyRates } = surroundings;
  const { limits = {}, allowedAddresses, settings } = config.providers[provider.id] ?? {};
  const endpoints = provider.createService();
  const lasting = { clock, ids, settings, authorization: config.AUTHORIZATION };
  const memory = createLookUpMemory();
  const contextOf = (scope: RequestScope, spaces: SpaceFilter): ServiceContext => ({
    store: new VisibleStore(storeOf(scope), { provider: provider.id, spaces }, memory),
    ...lasting,
  });
  const authenticator = toAuthenticator(provider.id, surroundings);
  const router = createRouter({
    endpoints,
    contextOf,
    authenticator,
    settings: limits,
    keyRates,
    allowedAddresses,
    clock,
    ids,
    log,
  });
  return {
    transport: toFaulty(router, provider, surroundings),
    answerUnreadable: (refusal) => answerUnreadable({ endpoints, ids }, refusal),
    answerOverload: () => answerOverload({ endpoints, ids }),
    answersPreflights: provider.contracts.some(({ dialect }) => dialect.preflight),
  };
}

function toAuthenticator(
  provider: string,
  { config: { AUTHORIZATION: authorization }, authentication }: ProviderSurroundings,
): Authenticator {
  return {
    authorization,
    authenticate: (secret, address) =>
      authorization === "off"
        ? Promise.resolve(unlimitedCaller("anyone"))
        : authentication.identifyFor(provider, secret, address),
  };
}

function toFaulty(transport: Transport, { contracts }: Provider, { config, ids }: ProviderSurroundings): Transport {
  return config.FAULTS === "on" ? withFaults(transport, { contracts, ids }) : transport;
}

function connectProvider(
  provider: Provider,
  options: ProviderSurroundings &
    Pick<ConnectedProviders, "services"> & { readonly upstreams: ReadonlyMap<string, ConnectedUpstream> },
): ConnectedProvider {
  const { limits: settings = {}, taskPolls } = options.config.providers[provider.id] ?? {};
  const { remoteTasks } = provider;
  const embedded = options.services.get(provider.id);
  if (embedded === undefined) throw new Error(`provider ${provider.id} has no service`);
  const remote = options.upstreams.get(provider.id);
  const transport = remote === undefined ? embedded.transport : toFaulty(remote.transport, provider, options);
  const { clock, stopping } = options;
  const upstream = remote?.upstream;
  const connect = createConnect({ provider: provider.id, transport, settings, clock, stopping, upstream });
  return {
    provider,
    mode: remote === undefined ? "embedded" : "remote",
    upstream: upstream?.watch.state,
    dataSource: provider.createDataSource(connect, { ids: options.ids, settings }),
    remoteTasks: remoteTasks && {
      polls: taskPolls ?? remoteTasks.polls,
      pauseAfter: remoteTasks.pauseAfter,
      ask: remote && remoteTasks.connect(connect),
    },
    limits: provider.contracts.flatMap(({ operation, limits }) =>
      operation === undefined
        ? []
        : limits.map((limit) => {
            const { name, unit, description } = limit;
            const [max, partMax] = [effectiveLimit(limit, settings), partLimit(limit, settings)];
            return { operation, name, max, partMax, unit, description };
          }),
    ),
    failures: provider.contracts.flatMap(({ name: contract, operation, failures }) =>
      operation === undefined ? [] : failures.map((row) => ({ contract, row })),
    ),
  };
}
