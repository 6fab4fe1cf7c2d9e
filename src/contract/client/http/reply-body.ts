import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import type { JsonValue } from "../../../json/value.js";
import { parseJson } from "../../../json/parse.js";
import { endOfFirstValue } from "../../../json/first-value.js";
import { TransportError } from "../../message.js";

export interface ReplyBounds {
  /** Bytes of a reply as it arrives, and again after its decompression. */
  readonly maxReplyBytes: number;
}

/** The parts of a body, up to the bound. */
export class CollectedBody {
  readonly #parts: Uint8Array[] = [];
  readonly #maxBytes: number;
  #size = 0;

  constructor({ maxReplyBytes }: ReplyBounds) {
    this.#maxBytes = maxReplyBytes;
  }

  /** @throws TransportError for a part that is too much */
  add(part: Uint8Array): void {
    this.#size += part.byteLength;
    if (this.#size > this.#maxBytes) throw createTooLargeError(this.#maxBytes);
    this.#parts.push(part);
  }

  toBytes(): Buffer {
    const [first, second] = this.#parts;
    if (first === undefined || second !== undefined) return Buffer.concat(this.#parts, this.#size);
    return Buffer.from(first.buffer, first.byteOffset, first.byteLength);
  }
}

const decompressors = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** The name of the encoding of a body that has one. */
export function readEncoding(header: string | undefined): string | undefined {
  const name = header?.trim().toLowerCase() ?? "";
  return name === "" || name === "identity" ? undefined : name;
}

/** The decompressed body; undefined when it is not what its encoding says. @throws TransportError for a larger one */
export async function decompressBody(
  body: Buffer,
  name: string,
  { maxReplyBytes }: ReplyBounds,
): Promise<Buffer | undefined> {
  if (!isKnownEncoding(name)) return undefined;
  try {
    return await decompressors[name](body, { maxOutputLength: maxReplyBytes });
  } catch (error) {
    if (error instanceof RangeError) throw createTooLargeError(maxReplyBytes);
    return undefined;
  }
}

function isKnownEncoding(name: string): name is keyof typeof decompressors {
  return Object.hasOwn(decompressors, name);
}

function createTooLargeError(maxBytes: number): TransportError {
  return new TransportError(`the reply is larger than ${maxBytes} bytes`, true, { code: "REPLY_TOO_LARGE" });
}

export interface ReadReplyBody {
  readonly body: JsonValue | undefined;
  /** The first of several values is `body`. */
  readonly hasMoreValues?: true;
}

/** A body that is not JSON stays text, so that the status still identifies the failure. */
export function readReplyBody(bytes: Buffer): ReadReplyBody {
  if (bytes.length === 0) return { body: undefined };
  const text = bytes.toString("utf8");
  try {
    return { body: parseJson(text) };
  } catch {
    const end = endOfFirstValue(text);
    return end === undefined ? { body: text } : readFirstValue(text, end);
  }
}

function readFirstValue(text: string, end: number): ReadReplyBody {
  try {
    return { body: parseJson(text.slice(0, end)), hasMoreValues: true };
  } catch {
    return { body: text };
  }
}
