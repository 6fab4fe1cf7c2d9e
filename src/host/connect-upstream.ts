import { createConnect } from "../contract/client/client.js";
import { fixedCredential } from "../contract/credential-source.js";
import { createHttpTransport } from "../contract/client/http/http-transport.js";
import { sendByFetch } from "../contract/client/http/send-by-fetch.js";
import { createUpstreamConnections } from "../contract/client/http/upstream-connections.js";
import { addressForms, createMask, secretForms } from "../contract/client/mask.js";
import { createUpstream, type Upstream } from "../contract/client/upstream.js";
import type { Transport } from "../contract/message.js";
import type { Provider } from "../contract/provider.js";
import type { Clock } from "../core/clock.js";
import type { Log } from "../core/log.js";
import type { UpstreamConfig } from "./settings/upstream-settings.js";

export interface ConnectedUpstream {
  readonly transport: Transport;
  readonly upstream: Upstream;
  readonly close: () => Promise<void>;
}

interface UpstreamSurroundings {
  readonly clock: Clock;
  readonly log: Log;
  /** Stands in for the network. */
  readonly fetch?: typeof globalThis.fetch;
  readonly stopping?: AbortSignal;
}

/** The real service behind a provider. */
export function connectUpstream(
  provider: Provider,
  { baseUrl, token, remoteSettings, limits: settings, bounds }: UpstreamConfig,
  { clock, log, fetch, stopping }: UpstreamSurroundings,
): ConnectedUpstream {
  const connections = fetch === undefined ? createUpstreamConnections(bounds, clock) : undefined;
  const transport = createHttpTransport({
    baseUrl,
    basePath: provider.basePath,
    maxReplyBytes: bounds.maxReplyBytes,
    callTimeoutMs: bounds.callTimeoutMs,
    send: connections?.send ?? sendByFetch(fetch ?? globalThis.fetch),
  });
  const secrets = [token, ...Object.values(remoteSettings)].filter((value) => typeof value === "string");
  const options = {
    provider: provider.id,
    clock,
    log,
    resend: { maxAttempts: bounds.maxAttempts, clock, jitter: Math.random },
    defaultDeadlineMs: bounds.deadlineMs,
    concurrency: bounds.concurrency,
    maxWaiting: bounds.maxWaiting,
    mask: createMask([...secrets.flatMap(secretForms), ...addressForms(baseUrl)]),
    stopping,
  };
  const bare = createUpstream(options);
  const connect = createConnect({ provider: provider.id, transport, settings, clock, stopping, upstream: bare });
  const own = provider.remote?.createCredentials({ connect, clock, token, settings: remoteSettings });
  const upstream = createUpstream({ ...options, credentials: own ?? fixedCredential(token) });
  return { transport, upstream, close: async () => connections?.close() };
}
