import type { IncomingHttpHeaders } from "node:http";

/** Response headers by name. */
export type AnswerHeaders = Readonly<Record<string, string>>;

const exposedHeaders = "recordgate-violations, retry-after";
const allowedMethods = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
const preflightSeconds = "600";

/** The headers that let a page of this origin read the answer. Credentials of the browser, cookies, are not asked for. */
export function crossOriginHeaders(origin: string): AnswerHeaders {
  return { "access-control-allow-origin": origin, "access-control-expose-headers": exposedHeaders };
}

/** Whether a browser asks for permission to send a request. */
export function isPreflight({
  method,
  headers,
}: {
  readonly method?: string;
  readonly headers: IncomingHttpHeaders;
}): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined;
}

/** The further headers of the answer to a preflight. */
export function preflightHeaders(allowedHeaders: string): AnswerHeaders {
  return {
    "access-control-allow-methods": allowedMethods,
    "access-control-allow-headers": allowedHeaders,
    "access-control-max-age": preflightSeconds,
  };
}

const crossOriginPrefix = "access-control-";

/** The headers of a contract's reply without those that let other origins read it. */
export function withoutCrossOrigin(headers: AnswerHeaders): AnswerHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(crossOriginPrefix)));
}
