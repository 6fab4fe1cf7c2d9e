import type { Caller } from "../core/caller.js";
import type { Violation } from "../core/failure.js";
import type { JsonValue } from "../json/value.js";

export type Method = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS";

/** Names are lower-case. */
export type Headers = Readonly<Record<string, string>>;
/** A repeated parameter is a list. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** The first value of a parameter; undefined when it is absent or empty. */
export function readParameter(query: Query, name: string): string | undefined {
  const [first = ""] = [query[name] ?? []].flat();
  return first === "" ? undefined : first;
}

interface BodyValue {
  readonly kind: "value";
  readonly value: JsonValue;
  /** UTF-8 length of the compact contract body, or of the body as received; absent when it is known to be far from every limit. */
  readonly sizeBytes?: number;
}

/** What arrived as the body of a request. */
export type ReceivedBody =
  | { readonly kind: "none" }
  | BodyValue
  /** It is not JSON; `problem` says why. */
  | { readonly kind: "unreadable"; readonly problem: string; readonly sizeBytes: number }
  /** It had more than `maxBytes`, the most that is taken in, and was not kept. */
  | { readonly kind: "too-large"; readonly sizeBytes: number; readonly maxBytes: number };

/** A body that was not taken in yet: what a stranger sends is not read. `receive` rejects with `TransportError`. */
interface PendingBody {
  readonly kind: "pending";
  readonly receive: () => Promise<ReceivedBody>;
}

export type RequestBody = ReceivedBody | PendingBody;

/** The JSON value of a body; undefined where there is none, or none yet. */
export function valueOf(body: RequestBody): JsonValue | undefined {
  return body.kind === "value" ? body.value : undefined;
}

/** A request as a contract sees it, whichever way it travels. Bodies are JSON values, not bytes. */
export interface ContractRequest {
  readonly method: Method;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: RequestBody;
  /** Who is calling, where the request carries no credential of its own. Never on the wire. */
  readonly caller?: Caller;
  /** The IP address the request came from, when known. Never on the wire. */
  readonly address?: string;
  /** What shall go wrong with this call. Never on the wire. */
  readonly fault?: string;
  /** Called right before the service is asked. Throws `TransportError` if the call was given up. Never on the wire. */
  readonly begin?: () => void;
}

export interface ContractReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonValue | undefined;
  /** Why records were refused or, in a reply of success, left out. Beside the body, never in it: the contracts' bodies have no place for a record index. */
  readonly violations?: readonly Violation[];
  /** Our id of the collection that took the records. Never on the wire. */
  readonly collectionId?: string;
}

/** Moves a request: to the in-process router or over HTTP. Rejects with `TransportError`; any other is a defect. */
export type Transport = (request: ContractRequest, signal: AbortSignal) => Promise<ContractReply>;

export const lostConnection = "the connection was lost before the reply arrived";

interface TransportErrorOptions extends ErrorOptions {
  readonly kind?: TransportError["kind"];
}

/** No reply arrived. `sent` tells whether the service may have read the request. */
export class TransportError extends Error {
  readonly sent: boolean;
  readonly kind: "unavailable" | "timeout";

  constructor(message: string, sent: boolean, options: TransportErrorOptions = {}) {
    super(message, options);
    this.name = "TransportError";
    this.sent = sent;
    this.kind = options.kind ?? "unavailable";
  }
}
