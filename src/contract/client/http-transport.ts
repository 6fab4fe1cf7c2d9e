import type { Violation } from "../../core/failure.js";
import type { JsonValue } from "../../json/value.js";
import { parseJson } from "../../json/parse.js";
import { stringifyAsSent } from "../../json/stringify.js";
import {
  lostConnection,
  TransportError,
  valueOf,
  type ContractReply,
  type ContractRequest,
  type Headers,
  type Query,
  type Transport,
} from "../message.js";
import { readViolations, violationsHeader } from "../violations-header.js";

export interface HttpTransportOptions {
  /** Opaque; one trailing slash is removed. */
  readonly baseUrl: string;
  /** The first part of the contracts' paths. A base URL may end with it; the transport then does not repeat it. */
  readonly basePath?: string;
  readonly fetch: typeof fetch;
}

/** Carries requests over HTTP. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { basePath = "" } = options;
  const given = options.baseUrl.replace(/\/$/, "");
  const baseUrl = given.endsWith(basePath) ? given.slice(0, given.length - basePath.length) : given;
  return async (request, signal) => {
    const response = await sendHttpRequest(options.fetch, { url: baseUrl + request.path + toSearch(request.query), request, signal });
    const headers = Object.fromEntries(response.headers);
    const body = readResponseBody(await readResponseText(response));
    const violations: readonly Violation[] | undefined = readViolations(headers[violationsHeader]);
    return { status: response.status, headers, body, violations } satisfies ContractReply;
  };
}

async function sendHttpRequest(fetch: typeof globalThis.fetch, call: { url: string; request: ContractRequest; signal: AbortSignal }): Promise<Response> {
  const { url, request, signal } = call;
  const value = valueOf(request.body);
  const body = value === undefined ? undefined : stringifyAsSent(value);
  const headers = toByteStrings({ ...(body === undefined ? {} : { "content-type": "application/json" }), ...request.headers });
  request.begin?.();
  try {
    return await fetch(url, { method: request.method, headers, body: body ?? null, redirect: "manual", signal });
  } catch (cause) {
    const sent = !isRefusedConnection(cause);
    throw new TransportError(sent ? lostConnection : "the service could not be reached", sent, { cause });
  }
}

/** Header values as UTF-8, one character per byte, which is the form that the HTTP client sends. */
function toByteStrings(headers: Headers): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString("latin1")]));
}

const refusedCodes = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** Whether the connection failed before anything was sent. */
function isRefusedConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && typeof error.code === "string" && refusedCodes.has(error.code)) return true;
  if (error instanceof AggregateError) return error.errors.every(isRefusedConnection);
  return isRefusedConnection(error.cause);
}

async function readResponseText(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    throw new TransportError("the connection was lost during the reply", true, { cause });
  }
}

/** A body that is not JSON stays text, so that the status still identifies the failure. */
function readResponseBody(text: string): JsonValue | undefined {
  if (text === "") return undefined;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function toSearch(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of typeof value === "string" ? [value] : value) search.append(name, item);
  }
  return search.size === 0 ? "" : `?${search.toString()}`;
}
