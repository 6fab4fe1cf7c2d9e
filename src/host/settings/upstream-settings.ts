import type { z } from "zod";
import { mebibyte, type NumberSettings } from "../../contract/limits.js";
import { between } from "./setting-schemas.js";

/** The bounds of the calls to a real service. Times in milliseconds. */
export interface UpstreamBounds {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly bodyTimeoutMs: number;
  readonly callTimeoutMs: number;
  readonly deadlineMs: number;
  readonly maxReplyBytes: number;
  readonly maxAttempts: number;
  readonly concurrency: number;
  readonly maxWaiting: number;
}

export interface UpstreamConfig {
  readonly baseUrl: string;
  readonly token?: string;
  readonly remoteSettings: Readonly<Record<string, unknown>>;
  readonly limits: NumberSettings;
  readonly bounds: UpstreamBounds;
}

function whole(low: number, high: number, preset: number) {
  return between(low, high).default(preset);
}

const hourMs = 3_600_000;

/** The variables of each provider, after its prefix, that bound the calls to its real service. */
export const upstreamShape = {
  CONNECT_TIMEOUT_MS: whole(1, hourMs, 5000).describe(
    "The longest until a connection, with its TLS handshake, stands.",
  ),
  HEADERS_TIMEOUT_MS: whole(1, hourMs, 30_000).describe("The longest from a request until the head of its reply."),
  BODY_TIMEOUT_MS: whole(1, hourMs, 10_000).describe("The longest between two parts of a reply."),
  CALL_TIMEOUT_MS: whole(1, hourMs, 60_000).describe("The longest that one call may take, however it proceeds."),
  DEADLINE_MS: whole(1, hourMs, 30_000).describe(
    "When a caller without `recordgate-deadline-ms` is answered; a call under way runs on to its own time-out.",
  ),
  MAX_REPLY_BYTES: whole(1000, 1024 * mebibyte, 16 * mebibyte).describe(
    "The largest reply, as it arrives and decompressed.",
  ),
  MAX_ATTEMPTS: whole(1, 10, 3).describe("How often one call is sent at most, where its failure permits."),
  CONCURRENCY: whole(1, 10_000, 32).describe("Calls at one time."),
  MAX_WAITING: whole(0, 1_000_000, 1000).describe("Calls that wait for their turn; further ones are refused."),
} as const;

/** Reads the bounds from the variables without the provider's prefix, already validated. */
export function toUpstreamBounds(values: z.output<z.ZodObject<typeof upstreamShape>>): UpstreamBounds {
  return {
    connectTimeoutMs: values.CONNECT_TIMEOUT_MS,
    headersTimeoutMs: values.HEADERS_TIMEOUT_MS,
    bodyTimeoutMs: values.BODY_TIMEOUT_MS,
    callTimeoutMs: values.CALL_TIMEOUT_MS,
    deadlineMs: values.DEADLINE_MS,
    maxReplyBytes: values.MAX_REPLY_BYTES,
    maxAttempts: values.MAX_ATTEMPTS,
    concurrency: values.CONCURRENCY,
    maxWaiting: values.MAX_WAITING,
  };
}
