import { ConnectionError } from "./connection-error.js";
import type { SendRequest } from "./http-transport.js";

const failedBeforeSending: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);

/** Sends through a function with the interface of `fetch`, for tests that stand in for the network. */
export function sendByFetch(fetch: typeof globalThis.fetch): SendRequest {
  return async ({ url, method, headers, body }, signal) => {
    try {
      const response = await fetch(url, { method, headers, body: body ?? null, redirect: "manual", signal });
      const { "content-encoding": _decoded, ...rest } = Object.fromEntries(response.headers);
      return { status: response.status, headers: rest, body: response.body ?? noBody() };
    } catch (error) {
      throw isConnectionError(error) ? new ConnectionError(error) : error;
    }
  };
}

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") return failedBeforeSending.has(error.code);
  return isConnectionError(error.cause);
}

async function* noBody(): AsyncGenerator<Uint8Array> {
  // A response without a body has no parts.
}
