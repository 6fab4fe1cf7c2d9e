import { isIP, isIPv4 } from "node:net";
import { z } from "zod";
import { mebibyte } from "../../contract/limits.js";
import { OperatorError } from "../../core/operator-error.js";
import { between, onOrOff } from "./setting-schemas.js";

interface PartReader {
  /** Receives lower case; undefined for a wrong part. */
  readonly read: (part: string) => string | undefined;
  readonly problemOf: (part: string) => string;
}

function partsOf({ read, problemOf }: PartReader) {
  return z.string().transform((text, context): readonly string[] => {
    const parts = text.split(",").map((part) => part.trim().toLowerCase());
    const wrong = parts.find((part) => read(part) === undefined);
    if (wrong !== undefined) context.addIssue(problemOf(wrong));
    return parts.flatMap((part) => read(part) ?? []);
  });
}

const hostForm = /^[\w-]+(?:\.[\w-]+)*$/;

const hostNames = partsOf({
  read: (part) => (hostForm.test(part) && isIP(part) === 0 ? part : undefined),
  problemOf: () =>
    "must be host names without scheme and port, with commas between; IP addresses are accepted without being listed",
});

const origins = partsOf({
  read: toOrigin,
  problemOf: (part) =>
    part === "*"
      ? "* is not accepted: every web page that a user visits could write and read; list the origins of your own pages"
      : "must be origins such as https://app.example.com:8443, without a path, with commas between",
});

/** The origin in the form in which browsers send it: without the usual port of its scheme. */
function toOrigin(text: string): string | undefined {
  if (!/^[a-z][a-z\d+.-]*:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/.test(text) || !URL.canParse(text))
    return undefined;
  const { origin } = new URL(text);
  return origin === "null" ? text : origin;
}

/** The settings of the HTTP server. */
export const httpShape = {
  HOST: z.string().default("127.0.0.1").describe("Address to listen on."),
  PORT: between(0, 65535).default(4000).describe("Port to listen on; 0 takes a free one."),
  ALLOW_UNAUTHENTICATED: onOrOff("off").describe(
    "Whether to start with AUTHORIZATION=off on an address that other machines reach.",
  ),
  ALLOWED_HOSTS: hostNames
    .default([])
    .describe(
      "Host names, with commas between, that requests may address while AUTHORIZATION is off; `localhost` and IP addresses always may.",
    ),
  CORS_ORIGINS: origins
    .default([])
    .describe(
      "Origins of web pages, with commas between, that may call GraphQL and, while AUTHORIZATION is off, everything else.",
    ),
  MAX_REQUESTS_IN_FLIGHT: between(1, 1_000_000)
    .default(256)
    .describe("Requests that are served at one time; further ones are answered 503."),
  MAX_BODY_BYTES_IN_FLIGHT: between(1, 1_000_000_000_000)
    .optional()
    .describe(
      "Bytes of all request bodies in memory; over it the newest body is answered 503. Unset: 256 MB, or twice the largest body.",
    ),
  REST_MAX_RESPONSE_BYTES: between(1000, 1_000_000_000)
    .default(64 * mebibyte)
    .describe("Bytes of the records, definitions and failures that the answer of a REST face is made of."),
  MAX_READ_BYTES_IN_FLIGHT: between(1, 1_000_000_000_000)
    .optional()
    .describe(
      "Bytes that the requests in flight have read from the database, those above 1 MB of each; over it the request that reads is answered 503. Unset: 256 MB, or twice the largest response.",
    ),
};

type HttpConfig = z.output<z.ZodObject<typeof httpShape>>;

const usualBodyBytesInFlight = 256 * mebibyte;

/** The configured bound, else room for two of the largest bodies. The largest body alone always fits. */
export function bodyBytesInFlight(
  { MAX_BODY_BYTES_IN_FLIGHT: configured }: Pick<HttpConfig, "MAX_BODY_BYTES_IN_FLIGHT">,
  largestBodyBytes: number,
): number {
  if (configured !== undefined) return Math.max(configured, largestBodyBytes);
  return Math.max(usualBodyBytesInFlight, 2 * largestBodyBytes);
}

type ReadConfig = Pick<HttpConfig, "REST_MAX_RESPONSE_BYTES" | "MAX_READ_BYTES_IN_FLIGHT"> & {
  readonly GRAPHQL_MAX_RESPONSE_BYTES: number;
};

const usualReadBytesInFlight = 256 * mebibyte;

/** What requests may read. The largest response alone always fits. */
export function readBounds(config: ReadConfig) {
  const { REST_MAX_RESPONSE_BYTES: restBytes, GRAPHQL_MAX_RESPONSE_BYTES: graphqlBytes } = config;
  const largest = Math.max(restBytes, graphqlBytes);
  const { MAX_READ_BYTES_IN_FLIGHT: configured = Math.max(usualReadBytesInFlight, 2 * largest) } = config;
  return { restBytes, graphqlBytes, bytesInFlight: Math.max(configured, largest) };
}

/** The program would serve everything to other machines without a credential. */
class ExposedError extends OperatorError {
  override readonly name = "ExposedError";
}

/** @throws OperatorError for an address that other machines reach, while nothing asks for credentials */
export function refuseExposure(
  config: Pick<HttpConfig, "HOST" | "ALLOW_UNAUTHENTICATED"> & { readonly AUTHORIZATION: "on" | "off" },
): void {
  const { HOST, AUTHORIZATION, ALLOW_UNAUTHENTICATED } = config;
  if (AUTHORIZATION === "on" || ALLOW_UNAUTHENTICATED === "on" || isLoopback(HOST.toLowerCase())) return;
  throw new ExposedError(
    `HOST is ${HOST} and AUTHORIZATION is off: whatever reaches this address could read, write and delete everything. Set AUTHORIZATION=on, or HOST=127.0.0.1, or ALLOW_UNAUTHENTICATED=on if that is meant.`,
  );
}

function isLoopback(host: string): boolean {
  const address = host.replace(/^::ffff:/, "");
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    host === "::1" ||
    (isIPv4(address) && address.startsWith("127."))
  );
}
