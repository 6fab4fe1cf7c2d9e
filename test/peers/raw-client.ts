import { connect, type Socket } from "node:net";

export interface RawReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface RawRequest {
  readonly method: string;
  /** The target as it stands in the request line. */
  readonly path: string;
  /** Lines behind `Host`, in their order and spelling; `Content-Length` without a value is counted. */
  readonly headers: readonly string[];
  readonly body?: string;
}

/** Sends a request byte for byte, its head and its body in two writes as Python's http.client does. */
export async function sendRaw(url: string, { method, path, headers, body = "" }: RawRequest): Promise<RawReply> {
  const { hostname, port, host } = new URL(url);
  const lines = headers.map((line) => (line === "Content-Length:" ? `${line} ${Buffer.byteLength(body)}` : line));
  const socket = connect(Number(port), hostname);
  try {
    socket.write(`${[`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...lines].join("\r\n")}\r\n\r\n`);
    if (body !== "") socket.write(body);
    return await readReply(socket, method);
  } finally {
    socket.destroy();
  }
}

/** The connection stays open, so the end of a reply is where its own head says. */
async function readReply(socket: Socket, method: string): Promise<RawReply> {
  let received = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    received = Buffer.concat([received, chunk]);
    const end = received.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const { status, headers } = readHead(received.subarray(0, end).toString());
    const body = received.subarray(end + 4);
    const length = method === "HEAD" ? 0 : Number(headers["content-length"]);
    if (Number.isNaN(length)) throw new Error(`the reply does not tell its length: ${received.toString()}`);
    if (body.byteLength >= length) return { status, headers, text: body.toString() };
  }
  throw new Error(`the connection was closed within the reply: ${received.toString()}`);
}

function readHead(head: string): { readonly status: number; readonly headers: Readonly<Record<string, string>> } {
  const [first = "", ...lines] = head.split("\r\n");
  const headers = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { status: Number(first.split(" ")[1]), headers: Object.fromEntries(headers) };
}
