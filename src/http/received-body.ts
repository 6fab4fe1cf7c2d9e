import type { IncomingMessage } from "node:http";
import { JsonSyntaxError, parseJsonBytes } from "../json/parse.js";
import { TransportError, type ReceivedBody } from "../contract/message.js";

/**
 * Reads a body to its end, whatever its size, so that whoever sends it reads the answer and not a reset. What has more than
 * `maxBytes` is counted and thrown away. Content types and encodings are not looked at: a contract takes JSON or nothing.
 * @throws TransportError when the client goes away before it has sent all
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
    throw new TransportError("the client went away within its body", false, { cause });
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
