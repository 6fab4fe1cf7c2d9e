import type { ProviderCaller } from "../core/access/caller.js";
import type { Violation } from "../core/failure.js";
import type { JsonValue } from "../json/value.js";
import type { RequestScope } from "../core/request-scope.js";
import type { Measures } from "../core/write.js";
import type { EndingSignal } from "./cancellation/ending.js";

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

export interface BodyValue {
  readonly kind: "value";
  readonly value: JsonValue;
  /**
   * UTF-8 length of the compact contract body, or of the body as received; absent for a size that is known to be far
   * below every limit.
   */
  readonly sizeBytes?: number;
  /** What is known of it by the limits of the contract. Never on the wire. */
  readonly measures?: Measures;
}

/** The body of a request after its arrival. */
export type ReceivedBody =
  | { readonly kind: "none" }
  | BodyValue
  /** The body is not JSON; `problem` is the reason. */
  | { readonly kind: "unreadable"; readonly problem: string; readonly sizeBytes: number }
  /** The body exceeded `maxBytes`, the largest size that the server reads into memory, and was discarded. */
  | { readonly kind: "too-large"; readonly sizeBytes: number; readonly maxBytes: number };

/** A body that was not read yet: bodies of unknown callers stay unread. `receive` rejects with `TransportError`. */
interface PendingBody {
  readonly kind: "pending";
  readonly receive: () => Promise<ReceivedBody>;
}

export type RequestBody = ReceivedBody | PendingBody;

/** The JSON value of a body; undefined for a request without a body and for one that was not read. */
export function valueOf(body: RequestBody): JsonValue | undefined {
  return body.kind === "value" ? body.value : undefined;
}

/** A request in the terms of a contract, independent of its transport. Bodies are JSON values, not bytes. */
export interface ContractRequest {
  readonly method: Method;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Headers;
  readonly body: RequestBody;
  /** The client's request, for the store of the service. Never on the wire. */
  readonly scope: RequestScope;
  /** The caller of a request without a credential. Never on the wire. */
  readonly caller?: ProviderCaller;
  /** Whether the request may be sent again after an unknown outcome. Never on the wire. */
  readonly isRepeatable?: boolean;
  /** The IP address the request came from, when known. Never on the wire. */
  readonly address?: string;
  /** The fault to provoke, in the form of the fault header. Never on the wire. */
  readonly fault?: string;
  /** The id that a face has given the request; absent: that of its headers, or a new one. Never on the wire. */
  readonly requestId?: () => string;
  /**
   * The router calls it right before the service. Throws `TransportError` if the call was cancelled. Never on the wire.
   */
  readonly begin?: () => void;
}

export interface ContractReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonValue | undefined;
  /**
   * The reasons for refused records or, in a reply of success, for omitted ones. Beside the body: the contracts' bodies
   * cannot carry a record index.
   */
  readonly violations?: readonly Violation[];
  /** The body held further JSON values behind this one. Never on the wire. */
  readonly hasMoreValues?: true;
  /** This program's id of the collection that stored the records. Never on the wire. */
  readonly collectionId?: string;
}

/**
 * Carries a request to the in-process router or over HTTP, which the signal ends. Rejects with `TransportError`; any
 * other error is a defect.
 */
export type Transport = (request: ContractRequest, signal?: EndingSignal) => Promise<ContractReply>;

export const lostConnection = "the connection was lost before the reply arrived";

interface TransportErrorOptions extends ErrorOptions {
  readonly kind?: TransportError["kind"];
  readonly code?: string;
}

/** No reply arrived. `sent`: the service may have read the request. */
export class TransportError extends Error {
  readonly sent: boolean;
  readonly kind: "unavailable" | "timeout";
  /** The code of the cause, for the log, such as `ENOTFOUND`. */
  readonly code?: string;

  constructor(message: string, sent: boolean, options: TransportErrorOptions = {}) {
    super(message, options);
    this.name = "TransportError";
    this.sent = sent;
    this.kind = options.kind ?? "unavailable";
    this.code = options.code;
  }
}
