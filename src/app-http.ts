import { join } from "node:path";
import { createAccessKeys } from "./application/access/access-keys.js";
import type { Authentication } from "./application/access/authentication.js";
import type { ProviderDirectory } from "./application/providers.js";
import { largestBodyBytes, mebibyte } from "./contract/limits.js";
import type { Provider } from "./contract/provider.js";
import type { Caller } from "./core/access/caller.js";
import type { Clock, IdSource } from "./core/clock.js";
import type { Log } from "./core/log.js";
import { packageRoot } from "./core/package-root.js";
import type { Store } from "./core/store.js";
import { toMounts } from "./contract/server/mounts.js";
import type { Graphql } from "./graphql/create-graphql.js";
import type { Config } from "./host/settings/config.js";
import type { ConnectedProviders } from "./host/connect-providers.js";
import { bodyBytesInFlight, readBounds } from "./host/settings/http-settings.js";
import { throwListenError } from "./host/listen-error.js";
import { createOperatorSecret, writeOperatorFile } from "./host/operator-file.js";
import type { HttpServer } from "./http/http-server.js";
import { programPaths } from "./http/program-paths.js";

interface AppHttpOptions {
  readonly config: Config;
  readonly providers: readonly Provider[];
  readonly directory: ProviderDirectory;
  readonly services: ConnectedProviders["services"];
  readonly graphql: Graphql;
  readonly authentication: Authentication;
  /** The caller of every GraphQL request; absent: the credential of the request decides. */
  readonly caller: Caller | undefined;
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly log: Log;
  readonly isReady: () => Promise<boolean>;
  readonly giveUp: () => void;
}

/** The program's server. It is loaded when it first listens: most tests of resolvers never do. */
export interface AppHttp {
  /** @throws OperatorError when the address cannot be listened on */
  readonly listen: () => Promise<{ readonly url: string }>;
  readonly close: (lingerMs?: number) => Promise<void>;
}

/** @throws Error at start-up for two claims on one path */
export function createAppHttp(options: AppHttpOptions): AppHttp {
  const { config, providers, clock, store } = options;
  const mounts = toMounts(providers, programPaths);
  // No other program can reach a database in a folder while this one runs.
  const operator =
    config.DATABASE_URL === undefined
      ? {
          secret: createOperatorSecret(),
          keys: createAccessKeys({ store: store.keys, providers: providers.map(({ id }) => id), clock }),
        }
      : undefined;
  let http: Promise<HttpServer> | undefined;
  let removeOperatorFile: (() => Promise<void>) | undefined;
  const open = async (): Promise<HttpServer> => {
    const { createHttpServer } = await import("./http/http-server.js");
    const { rest, ...server } = toServerOptions(options);
    return createHttpServer({ ...server, rest: { ...rest, mounts }, operator });
  };
  return {
    listen: async () => {
      const { listen } = await (http ??= open());
      const { url } = await listen().catch((cause: unknown) => throwListenError(cause, config));
      if (operator !== undefined) {
        const access = { url, secret: operator.secret, pid: process.pid };
        removeOperatorFile = await writeOperatorFile(config.DATABASE_FOLDER, access);
      }
      return { url };
    },
    close: async (lingerMs) => {
      await (await http)?.close(lingerMs);
      await removeOperatorFile?.();
    },
  };
}

function toServerOptions(options: AppHttpOptions) {
  const { config, providers, directory, services, graphql, authentication, caller, ids, log, isReady, giveUp } =
    options;
  const maxBodyBytes = largestRequest(providers, config) + mebibyte;
  return {
    graphql,
    door:
      caller === undefined
        ? { identify: (...given: Parameters<Authentication["identify"]>) => authentication.identify(...given) }
        : { caller },
    rest: {
      faces: new Map(
        [...services].map(([id, service]) => {
          const { provider } = directory.get(id);
          return [id, { ...service, maxBodyBytes: largestBody(provider, config) ?? maxBodyBytes }];
        }),
      ),
      faults: config.FAULTS === "on",
    },
    front: {
      ambient: config.AUTHORIZATION === "off" || caller !== undefined,
      allowedHosts: config.ALLOWED_HOSTS,
      corsOrigins: config.CORS_ORIGINS,
    },
    host: config.HOST,
    port: config.PORT,
    maxBodyBytes,
    maxRequestsInFlight: config.MAX_REQUESTS_IN_FLIGHT,
    maxBodyBytesInFlight: bodyBytesInFlight(config, maxBodyBytes),
    reads: readBounds(config),
    isReady,
    ids,
    log,
    giveUp,
    playground: config.GRAPHIQL === "on" ? join(packageRoot, "dist", "playground") : undefined,
  };
}

function largestBody({ id, contracts }: Provider, config: Config): number | undefined {
  return largestBodyBytes(contracts, config.providers[id]?.limits ?? {});
}

/** Bytes of the largest body that a provider accepts. */
function largestRequest(providers: readonly Provider[], config: Config): number {
  return Math.max(mebibyte, ...providers.map((provider) => largestBody(provider, config) ?? 0));
}
