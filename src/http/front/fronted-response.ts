import { type IncomingMessage, type OutgoingHttpHeader, type OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { AnswerHeaders } from "./cross-origin.js";

type GivenHeaders = OutgoingHttpHeaders | OutgoingHttpHeader[];

/** What the front has decided of a response. */
export interface ResponseFront {
  readonly headers: AnswerHeaders;
  /** Whether the connection takes no further request. */
  readonly isLast: () => boolean;
}

/**
 * A response whose head has the headers of the front, by every way of sending it. They are not set before: Node makes a
 * dictionary of headers that are set one by one, and sends it by a slower way.
 */
export class FrontedResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  front: ResponseFront | undefined = undefined;

  override writeHead(status: number, first?: string | GivenHeaders, second?: GivenHeaders): this {
    const headers = this.#joined(typeof first === "string" ? second : first);
    return typeof first === "string" ? super.writeHead(status, first, headers) : super.writeHead(status, headers);
  }

  #joined(given: GivenHeaders = {}): GivenHeaders {
    if (this.front === undefined) return given;
    const { headers, isLast } = this.front;
    if (Array.isArray(given)) {
      const own = isLast() ? { ...headers, connection: "close" } : headers;
      return [...Object.entries(own).flat(), ...given];
    }
    // Not by two spreads: Node 20 gives each object with members of two a shape of its own.
    const joined: OutgoingHttpHeaders = Object.assign({}, headers, given);
    if (typeof given["vary"] === "string" && headers["vary"] !== undefined && given["vary"] !== headers["vary"])
      joined["vary"] = `${given["vary"]}, ${headers["vary"]}`;
    if (isLast()) joined["connection"] = "close";
    return joined;
  }
}
