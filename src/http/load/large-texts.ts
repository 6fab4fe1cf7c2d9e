import type { onSendHookHandler } from "fastify";

/** The length from which a reply is encoded by itself, in characters. */
const largeLength = 1_048_576;

/**
 * Gives other requests a turn before and after a large text is encoded. Node would encode it twice, to count and to
 * send it, in the turn in which it was written.
 */
export const sendLargeTextsAsBytes: onSendHookHandler = (_request, _reply, payload, done) => {
  if (typeof payload !== "string" || payload.length < largeLength) {
    done(null, payload);
    return;
  }
  setImmediate(() => {
    const bytes = Buffer.from(payload);
    setImmediate(() => done(null, bytes));
  });
};
