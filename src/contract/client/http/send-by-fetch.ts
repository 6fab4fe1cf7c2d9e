import { onAbort } from "../../cancellation/deadline.js";
import { ConnectionError } from "./connection-error.js";
import type { SendRequest } from "./http-transport.js";
import { CollectedBody } from "./reply-body.js";

const failedBeforeSending: ReadonlySet<string> = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH"]);

/** Sends through a function with the interface of `fetch`, for tests that stand in for the network. */
export function sendByFetch(fetch: typeof globalThis.fetch): SendRequest {
  return async ({ origin, path, method, headers, body = null, maxReplyBytes }, ending) => {
    const controller = new AbortController();
    const forget = onAbort([ending], () => controller.abort());
    const { signal } = controller;
    try {
      const init = { method, headers, body, redirect: "manual", signal } as const;
      const response = await connecting(async () => fetch(origin + path, init));
      const { "content-encoding": _decoded, ...rest } = Object.fromEntries(response.headers);
      const collected = new CollectedBody({ maxReplyBytes });
      const parts: AsyncIterable<Uint8Array> | null = response.body;
      if (parts !== null) for await (const part of parts) collected.add(part);
      return { status: response.status, headers: rest, body: collected.toBytes() };
    } finally {
      forget();
    }
  };
}

/** @throws ConnectionError when no connection was established */
async function connecting(send: () => Promise<Response>): Promise<Response> {
  try {
    return await send();
  } catch (error) {
    throw isConnectionError(error) ? new ConnectionError(error) : error;
  }
}

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string") return failedBeforeSending.has(error.code);
  return isConnectionError(error.cause);
}
