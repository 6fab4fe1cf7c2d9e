import type { Caller } from "../core/caller.js";
import type { Violation } from "../core/failure.js";
import type { JsonValue } from "../core/json.js";

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

/** What arrived as the body of a request. */
export interface ReceivedBody {
  readonly body: JsonValue | undefined;
  /** Why a body that did arrive is no JSON value. */
  readonly bodyProblem?: string;
  /** UTF-8 length of the compact contract body, or of the body as received; absent when it is known to be far from every limit. */
  readonly sizeBytes?: number;
  /** The body had more bytes than this, the most that is taken in, and was not kept. */
  readonly exceededBytes?: number;
}

/** A request as a contract sees it, whichever way it travels. Bodies are JSON values, not bytes. */
export interface ContractRequest extends ReceivedBody {
  readonly method: Method;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Headers;
  /** Takes in the body of a request that has not sent it yet: nobody reads what a stranger sends. Rejects with `TransportError`. */
  readonly receive?: () => Promise<ReceivedBody>;
  /** Why what arrived is no request that a contract could judge. */
  readonly problem?: string;
  /** Who is calling, where the request carries no credential of its own. Never on the wire. */
  readonly caller?: Caller;
  /** The IP address the request came from, when known. Never on the wire. */
  readonly address?: string;
  /** What shall go wrong with this call. Never on the wire. */
  readonly fault?: string;
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

/** Moves a request: to the in-process router or over HTTP. Rejects only with `TransportError` or the signal's reason. */
export type Transport = (request: ContractRequest, signal: AbortSignal) => Promise<ContractReply>;

export const lostConnection = "the connection was lost before the reply arrived";

/** No reply arrived. `sent` tells whether the service may have read the request. */
export class TransportError extends Error {
  readonly sent: boolean;

  constructor(message: string, sent: boolean, options?: ErrorOptions) {
    super(message, options);
    this.name = "TransportError";
    this.sent = sent;
  }
}
