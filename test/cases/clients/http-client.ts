import { Agent, request as startRequest, type IncomingMessage } from "node:http";
import { JsonSyntaxError, parseJson } from "../../../src/json/parse.js";
import type { ContractReply, ContractRequest } from "../../../src/contract/message.js";
import type { JsonValue } from "../../../src/json/value.js";

/** A request for the wire, with the text of the case unchanged. */
export interface WireRequest extends Pick<ContractRequest, "method" | "path" | "query" | "headers"> {
  /** Absent: no body. */
  readonly text?: string;
}

const agent = new Agent({ keepAlive: true });

/** A body that is not JSON is its text. */
export interface WireReply extends ContractReply {
  /** The body as sent; empty when there is none. */
  readonly text: string;
}

/** Sends a request over HTTP. */
export async function ask(baseUrl: string, request: WireRequest): Promise<WireReply> {
  const { method, path, query, headers, text } = request;
  const url = new URL(baseUrl + path);
  for (const [name, values] of Object.entries(query)) for (const value of [values].flat()) url.searchParams.append(name, value);
  const isChunked = "transfer-encoding" in headers;
  const sized = text === undefined || isChunked ? headers : { ...headers, "content-length": String(Buffer.byteLength(text)) };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    startRequest(url, { method, headers: sized, agent }, resolve).on("error", reject).end(text);
  });
  const chunks: Buffer[] = [];
  // Without an encoding the stream yields buffers.
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const sent = Buffer.concat(chunks).toString("utf8");
  return { status: response.statusCode ?? 0, headers: flatten(response), body: readBody(sent), text: sent };
}

/** The text, padded with blanks to the given number of bytes. */
export function pad(text: string, bytes = 0): string {
  return text + " ".repeat(Math.max(0, bytes - Buffer.byteLength(text)));
}

function flatten({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]));
}

function readBody(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return text;
    throw error;
  }
}
