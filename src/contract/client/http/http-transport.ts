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
import type { Ending, EndingSignal } from "../../cancellation/ending.js";
import { toTransportError } from "./connection-error.js";
import { decompressBody, readEncoding, readReplyBody, type ReplyBounds } from "./reply-body.js";

/** A request as it leaves. */
export interface OutgoingRequest extends ReplyBounds {
  readonly origin: string;
  /** With the query, as it is to be sent. */
  readonly path: string;
  readonly method: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Whether a repeat of the request may apply it twice. */
  readonly isRepeatable: boolean;
}

/** A response as it arrived. */
export interface IncomingResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

/**
 * Sends one request, never again by itself, and does not follow redirects. An error is a `TransportError` or one of the
 * connection.
 */
export type SendRequest = (request: OutgoingRequest, signal: EndingSignal) => Promise<IncomingResponse>;

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
  const { callTimeoutMs } = options;
  const base = readBaseUrl(options);
  return async (request, outer) => {
    const outgoing = toOutgoing(base, request, options);
    request.begin?.();
    // A timer of our own ends the call: the HTTP client may hang past its own time-outs. The signal then lets go of the
    // connection.
    const { signal, close } = openDeadline(outer, callTimeoutMs);
    const reply = await unlessAborted(exchange(options, outgoing, signal), [signal]).finally(close);
    if (reply !== undefined) return reply;
    if (outer?.aborted) throw new TransportError("the call was given up", true);
    throw new TransportError(`no complete reply within ${callTimeoutMs} ms`, true, {
      kind: "timeout",
      code: "TIMEOUT",
    });
  };
}

async function exchange(
  options: HttpTransportOptions,
  outgoing: OutgoingRequest,
  signal: Ending,
): Promise<ContractReply> {
  try {
    const { status, headers, body } = await options.send(outgoing, signal);
    const encoding = readEncoding(headers["content-encoding"]);
    const bytes = encoding === undefined ? body : await decompressBody(body, encoding, options);
    const violations = readViolations(headers[violationsHeader]);
    // A body that is not what its encoding says is outside the contract, like a page.
    if (bytes === undefined) return { status, headers, body: "", violations };
    const { body: value, hasMoreValues } = readReplyBody(bytes);
    return { status, headers, violations, body: value, hasMoreValues };
  } catch (error) {
    throw toTransportError(error);
  }
}

interface BaseUrl {
  readonly origin: string;
  /** Comes before the path of every contract. */
  readonly path: string;
}

function readBaseUrl({ baseUrl, basePath = "" }: HttpTransportOptions): BaseUrl {
  const given = baseUrl.replace(/\/$/, "");
  const base = given.endsWith(basePath) ? given.slice(0, given.length - basePath.length) : given;
  const pathAt = base.indexOf("/", base.indexOf("//") + 2);
  // As written: the URL class would normalize the percent-encoding of the path.
  return { origin: new URL(base).origin, path: pathAt === -1 ? "" : base.slice(pathAt) };
}

function toOutgoing(base: BaseUrl, request: ContractRequest, { maxReplyBytes }: ReplyBounds): OutgoingRequest {
  const { method, path, query, headers, isRepeatable = false } = request;
  const value = valueOf(request.body);
  const body = value === undefined ? undefined : stringifyAsSent(value);
  return {
    origin: base.origin,
    path: base.path + path + toSearch(query),
    method,
    headers: toByteStrings(headers, body === undefined ? undefined : "application/json"),
    body,
    isRepeatable,
    maxReplyBytes,
  };
}

/** Header values as UTF-8, one character per byte, which is the form that the HTTP client sends. */
function toByteStrings(headers: Headers, contentType: string | undefined): Record<string, string> {
  const sent: Record<string, string> = contentType === undefined ? {} : { "content-type": contentType };
  for (const [name, value] of Object.entries(headers))
    sent[name] = beyondAscii.test(value) ? Buffer.from(value).toString("latin1") : value;
  return sent;
}

const beyondAscii = /[\u0080-\uffff]/;

function toSearch(query: Query): string {
  const entries = Object.entries(query);
  if (entries.length === 0) return "";
  const search = new URLSearchParams();
  for (const [name, value] of entries) {
    for (const item of typeof value === "string" ? [value] : value) search.append(name, item);
  }
  return search.size === 0 ? "" : `?${search.toString()}`;
}
