import type { IncomingMessage } from "node:http";
import { JsonSyntaxError, parseJsonBytes } from "../json/parse.js";
import { TransportError, type ReceivedBody } from "../contract/message.js";

/**
 * Reads a body of any size to its end, so that its sender receives the answer and not a reset. A body of more than
 * `maxBytes` is counted and discarded. Content types and encodings are ignored: a contract accepts JSON only.
 * @throws TransportError when the client disconnects before the end of the body
 */
export async function receiveBody(request: IncomingMessage, maxBytes: number): Promise<ReceivedBody> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    // Without an encoding the stream gives buffers.
    for await (const chunk of request as AsyncIterable<Buffer>) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (cause) {
    throw new TransportError("the client disconnected before the end of its body", false, { cause });
  }
  if (sizeBytes > maxBytes) return { kind: "too-large", sizeBytes, maxBytes };
  return sizeBytes === 0 ? { kind: "none" } : readBodyAsJson(Buffer.concat(chunks));
}

function readBodyAsJson(bytes: Buffer): ReceivedBody {
  const sizeBytes = bytes.byteLength;
  try {
    return { kind: "value", value: parseJsonBytes(bytes), sizeBytes };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    return { kind: "unreadable", problem: error.message, sizeBytes };
  }
}
