import type { Agent } from "undici";
import type { Clock } from "../../../core/clock.js";
import { ConnectionError, isReset } from "./connection-error.js";
import type { SendRequest } from "./http-transport.js";
import { receiveResponse } from "./response-handler.js";
import { ignoreUnaskedContinue } from "./unasked-continue.js";

/** Times in milliseconds. */
export interface ConnectionTimes {
  /** Until a connection is established, its TLS handshake included. */
  readonly connectTimeoutMs: number;
  /** From the end of the request until the head of the response. */
  readonly headersTimeoutMs: number;
  /** Between two parts of the body. */
  readonly bodyTimeoutMs: number;
}

/**
 * Milliseconds that an idle connection is kept: less than the five seconds after which usual servers close theirs, so
 * that a request rarely meets a connection that is being closed.
 */
const idleTimeoutMs = 3000;

/** After a reset, calls that must not be repeated take fresh connections for so long, in milliseconds. */
const distrustMs = 60_000;

export interface UpstreamConnections {
  readonly send: SendRequest;
  readonly close: () => Promise<void>;
}

/** The connections to one upstream. */
export function createUpstreamConnections(times: ConnectionTimes, clock: Clock): UpstreamConnections {
  // Before the first call, whose times must not pass while the HTTP client is loaded.
  const agents = openAgents(times);
  let distrustedUntil = 0;
  const noteUnanswered = (error: unknown): void => {
    if (isReset(error)) distrustedUntil = clock.now().getTime() + distrustMs;
  };
  return {
    send: async (request, signal) => {
      const { kept, fresh } = await agents;
      const { origin, path, method, headers, body = null, isRepeatable } = request;
      const isDistrusted = !isRepeatable && clock.now().getTime() < distrustedUntil;
      const { headersTimeoutMs: headersTimeout, bodyTimeoutMs: bodyTimeout } = times;
      const dispatched = { origin, path, method, headers, body, headersTimeout, bodyTimeout };
      return receiveResponse((handler) => (isDistrusted ? fresh : kept).dispatch(dispatched, handler), {
        bounds: request,
        signal,
        noteUnanswered,
      });
    },
    close: async () => {
      const { kept, fresh } = await agents;
      await Promise.all([kept.destroy(), fresh.destroy()]);
    },
  };
}

interface Agents {
  /** Keeps idle connections for the next request. */
  readonly kept: Agent;
  /** Without pipelining depth a connection serves one request. */
  readonly fresh: Agent;
}

/** Loads the HTTP client: a program without remote services does without it. */
async function openAgents({ connectTimeoutMs }: ConnectionTimes): Promise<Agents> {
  const client = await import("undici");
  const connectTo = client.buildConnector({ timeout: connectTimeoutMs });
  const connect: typeof connectTo = (to, done) => {
    connectTo(to, (error, socket) => {
      if (error !== null) done(new ConnectionError(error), null);
      else done(null, ignoreUnaskedContinue(socket));
    });
  };
  return {
    kept: new client.Agent({ connect, keepAliveTimeout: idleTimeoutMs, keepAliveMaxTimeout: idleTimeoutMs }),
    fresh: new client.Agent({ connect, pipelining: 0 }),
  };
}
