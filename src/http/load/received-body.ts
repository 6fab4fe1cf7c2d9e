import type { IncomingMessage } from "node:http";
import { parseJsonInSlices } from "../../json/large/parse-large.js";
import { JsonSyntaxError } from "../../json/parse.js";
import { TransportError, type ReceivedBody } from "../../contract/message.js";
import { OverloadError } from "../../core/overload-error.js";
import type { BodyShare } from "./body-budget.js";
import { EncodedBodyError } from "./encoded-body-error.js";

interface ReceiveOptions {
  /** The share of the body; the function forgets the bytes. */
  readonly openShare: (discard: () => void) => BodyShare;
  readonly maxBytes: number;
  /** Whether the rest of a body that is too large stays unread: the connection must then be closed. */
  readonly leaveTooLarge: boolean;
}

type ReceivedBytes =
  { readonly kind: "bytes"; readonly bytes: Buffer } | { readonly kind: "too-large"; readonly sizeBytes: number };

/**
 * Receives a body. One that is refused is counted and discarded to its end, so that its sender receives the answer and
 * not a reset.
 * @throws TransportError when the client disconnects before the end of the body
 * @throws OverloadError when the bodies in flight leave no room for this one
 */
export function receiveBytes(
  request: IncomingMessage,
  { openShare, maxBytes, leaveTooLarge }: ReceiveOptions,
): Promise<ReceivedBytes> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let sizeBytes = 0;
    let refused = false;
    const share = openShare(() => {
      chunks.length = 0;
      refused = true;
    });
    const settle = (): void => {
      request.off("data", take).off("end", settle).off("close", lose);
      if (sizeBytes > maxBytes) resolve({ kind: "too-large", sizeBytes });
      else if (refused) reject(new OverloadError());
      else {
        share.arrived();
        resolve({ kind: "bytes", bytes: Buffer.concat(chunks) });
      }
    };
    const lose = (cause?: unknown): void => {
      request.off("data", take).off("end", settle).off("close", lose);
      share.release();
      reject(new TransportError("the client disconnected before the end of its body", false, { cause }));
    };
    // Without an encoding the stream gives buffers.
    const take = (chunk: Buffer): void => {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes) {
        chunks.length = 0;
        share.release();
      } else if (!refused && share.grow(chunk.byteLength)) chunks.push(chunk);
      if (leaveTooLarge && sizeBytes > maxBytes) settle();
    };
    request.on("error", ignoreError);
    if (request.destroyed && !request.readableEnded) lose();
    else request.on("data", take).once("end", settle).once("close", lose);
  });
}

/** Not a part of the function above: the request would keep its bytes until the answer. */
function ignoreError(): void {
  return;
}

/** Reads a body of any size as JSON. A contract accepts JSON only, whatever content type and encoding are declared. */
export async function receiveBody(
  request: IncomingMessage,
  options: Omit<ReceiveOptions, "leaveTooLarge">,
): Promise<ReceivedBody> {
  const received = await receiveBytes(request, { leaveTooLarge: false, ...options });
  if (received.kind === "too-large") return { ...received, maxBytes: options.maxBytes };
  return received.bytes.byteLength === 0 ? { kind: "none" } : readBodyAsJson(received.bytes, request.headers);
}

async function readBodyAsJson(
  bytes: Buffer,
  { "content-encoding": encoding = "identity" }: IncomingMessage["headers"],
): Promise<ReceivedBody> {
  const sizeBytes = bytes.byteLength;
  try {
    return { kind: "value", value: await parseJsonInSlices(bytes), sizeBytes };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const problem = encoding === "identity" ? error.message : new EncodedBodyError(encoding).message;
    return { kind: "unreadable", problem, sizeBytes };
  }
}
