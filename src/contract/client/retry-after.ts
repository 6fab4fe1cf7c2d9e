import type { Clock } from "../../core/clock.js";

/** The longest wait in a GraphQL Int, 32 bits, in milliseconds. */
const maxWaitMs = 2 ** 31 - 1;

/** From this number of seconds on the header is a Unix time, which some services send. */
const secondsOfMoment = 1_000_000_000;

/**
 * The wait of a `Retry-After` header in milliseconds. The header has seconds, also a fraction, an HTTP date or a Unix time; undefined
 * for any other form.
 */
export function readRetryAfter(header: string | undefined, clock: Pick<Clock, "now"> | undefined): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,15}(\.\d{1,9})?$/.test(text)) {
    const seconds = Number(text);
    return seconds < secondsOfMoment ? toWait(Math.ceil(seconds * 1000)) : toWaitUntil(seconds * 1000, clock);
  }
  return /^[A-Z][a-z]+, /.test(text) ? toWaitUntil(Date.parse(text), clock) : undefined;
}

function toWaitUntil(momentMs: number, clock: Pick<Clock, "now"> | undefined): number | undefined {
  return clock === undefined || Number.isNaN(momentMs) ? undefined : toWait(momentMs - clock.now().getTime());
}

function toWait(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), maxWaitMs);
}
