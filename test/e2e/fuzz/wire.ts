import { connect, type Socket } from "node:net";
import type { FuzzRequest } from "./mutations.js";

export interface FuzzReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends requests that no HTTP client would, each on a connection of its own that it asks to close. */
export function sendRaw(port: number, request: FuzzRequest): Promise<FuzzReply> {
  const { method, headers, body } = request;
  const target = request.mount + request.target;
  const named = new Set(headers.map(([name]) => name));
  const own: (readonly [string, string])[] = [
    ...(named.has("host") ? [] : [["host", "127.0.0.1"] as const]),
    ...(body === undefined || named.has("transfer-encoding") ? [] : [["content-length", String(body.length)] as const]),
    ...(named.has("connection") ? [] : [["connection", "close"] as const]),
  ];
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...[...headers, ...own].map(([name, value]) => `${name}: ${value}`),
    "",
    "",
  ].join("\r\n");
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, "127.0.0.1");
    const chunks: Buffer[] = [];
    socket.setTimeout(20_000, () => socket.destroy(new Error(`no answer to ${method} ${target}`)));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => {
      try {
        resolve(readReply(Buffer.concat(chunks), method));
      } catch (error) {
        reject(new Error(`no reply to ${method} ${target.slice(0, 200)}`, { cause: error }));
      }
    });
    socket.write(Buffer.from(head, "latin1"));
    if (body !== undefined) socket.write(body);
  });
}

function readReply(bytes: Buffer, method: string): FuzzReply {
  const end = bytes.indexOf("\r\n\r\n");
  const [line = "", ...fields] = bytes.subarray(0, Math.max(0, end)).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(line)?.[1]);
  if (end === -1 || Number.isNaN(status)) throw new Error(`this is not HTTP: ${bytes.toString("latin1", 0, 200)}`);
  const rest = bytes.subarray(end + 4);
  // An interim reply: the client may send the body.
  if (status === 100) return readReply(rest, method);
  const headers = new Map(
    fields.map((field) => [
      field.slice(0, field.indexOf(":")).toLowerCase(),
      field.slice(field.indexOf(":") + 1).trim(),
    ]),
  );
  const length = Number(headers.get("content-length") ?? "0");
  if (method !== "HEAD" && rest.length !== length)
    throw new Error(`${rest.length} bytes arrived, ${length} were announced`);
  return { status, headers, body: rest.toString("utf8") };
}
