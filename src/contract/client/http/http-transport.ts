import { stringifyAsSent } from "../../../json/stringify.js";
import {
  TransportError,
  valueOf,
  type ContractReply,
  type ContractRequest,
  type Headers,
  type Method,
  type Query,
  type Transport,
} from "../../message.js";
import { readViolations, violationsHeader } from "../../violations-header.js";
import { openDeadline, unlessAborted } from "../../cancellation/deadline.js";
import { toTransportError } from "./connection-error.js";
import { collectBody, decompressBody, readReplyBody, type ReplyBounds } from "./reply-body.js";

/** A request as it leaves. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether a repeat of the request may apply it twice. */
  readonly isRepeatable: boolean;
}

/** A response whose body has not been read. */
export interface IncomingResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Sends one request, never again by itself, and does not follow redirects. Any error is one of the connection. */
export type SendRequest = (request: OutgoingRequest, signal: AbortSignal) => Promise<IncomingResponse>;

export interface HttpTransportOptions extends ReplyBounds {
  /** Opaque; one trailing slash is removed. */
  readonly baseUrl: string;
  /** The first part of the contracts' paths. A base URL may end with it; the transport then does not repeat it. */
  readonly basePath?: string;
  readonly send: SendRequest;
  /** The longest time of one call, in milliseconds, however it proceeds. */
  readonly callTimeoutMs: number;
}

/** Carries requests over HTTP. Every call ends after the time allowed, with whatever it waits for. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { basePath = "" } = options;
  const given = options.baseUrl.replace(/\/$/, "");
  const baseUrl = given.endsWith(basePath) ? given.slice(0, given.length - basePath.length) : given;
  return async (request, signal) => {
    const outgoing = toOutgoing(baseUrl, request);
    request.begin?.();
    return withinTime(options.callTimeoutMs, signal, (ending) => exchange(options, outgoing, ending));
  };
}

async function exchange(
  options: HttpTransportOptions,
  outgoing: OutgoingRequest,
  signal: AbortSignal,
): Promise<ContractReply> {
  try {
    const { status, headers, body } = await options.send(outgoing, signal);
    const received = await collectBody(body, options);
    const bytes = await decompressBody(received, headers["content-encoding"], options);
    const violations = readViolations(headers[violationsHeader]);
    // A body that is not what its encoding says is outside the contract, like a page.
    if (bytes === undefined) return { status, headers, body: "", violations };
    return { status, headers, violations, ...readReplyBody(bytes) };
  } catch (error) {
    throw toTransportError(error);
  }
}

/**
 * A timer of our own ends the call: the HTTP client may hang past its own time-outs. The signal then lets go of the
 * connection.
 */
async function withinTime<T extends object>(
  timeoutMs: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { signal, close } = openDeadline(outer, timeoutMs);
  const reply = await unlessAborted(work(signal), [signal]).finally(close);
  if (reply !== undefined) return reply;
  if (outer?.aborted) throw new TransportError("the call was given up", true);
  throw new TransportError(`no complete reply within ${timeoutMs} ms`, true, { kind: "timeout", code: "TIMEOUT" });
}

function toOutgoing(baseUrl: string, request: ContractRequest): OutgoingRequest {
  const value = valueOf(request.body);
  const body = value === undefined ? undefined : stringifyAsSent(value);
  return {
    url: baseUrl + request.path + toSearch(request.query),
    method: request.method,
    headers: toByteStrings({
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...request.headers,
    }),
    body,
    isRepeatable: request.isRepeatable ?? false,
  };
}

/** Header values as UTF-8, one character per byte, which is the form that the HTTP client sends. */
function toByteStrings(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value).toString("latin1")]),
  );
}

function toSearch(query: Query): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of typeof value === "string" ? [value] : value) search.append(name, item);
  }
  return search.size === 0 ? "" : `?${search.toString()}`;
}
