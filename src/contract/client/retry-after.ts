/** What a client may be told in a 32-bit number. */
const maxWaitMs = 2 ** 31 - 1;

/** Seconds beyond any waiting are a moment, as some services write it. */
const secondsOfMoment = 1_000_000_000;

/** How long to wait as `Retry-After` says it: in seconds, by an HTTP date or by a Unix time. Undefined when it says nothing that can be read. */
export function readRetryAfter(header: string | undefined, now: Date | undefined): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,15}$/.test(text)) {
    const seconds = Number(text);
    return seconds < secondsOfMoment ? toWait(seconds * 1000) : toWaitUntil(seconds * 1000, now);
  }
  return /^[A-Z][a-z]+, /.test(text) ? toWaitUntil(Date.parse(text), now) : undefined;
}

function toWaitUntil(momentMs: number, now: Date | undefined): number | undefined {
  return now === undefined || Number.isNaN(momentMs) ? undefined : toWait(momentMs - now.getTime());
}

function toWait(milliseconds: number): number {
  return Math.min(Math.max(0, milliseconds), maxWaitMs);
}
