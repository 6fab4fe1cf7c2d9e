import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../../src/json/value.js";
import type { Hostility } from "./hostile-server.js";
import { rawReply } from "./raw-reply.js";
import type { RawRequest } from "./raw-requests.js";
import type { ServiceWords } from "./service-words.js";

export type Outcome = "success" | "NOT_APPLIED" | "UNKNOWN";

/** A way in which a service, or something in front of it, misbehaves. */
export interface Behaviour {
  readonly name: string;
  readonly hostility: (words: ServiceWords) => Hostility;
  /** The outcomes that the caller may be told. */
  readonly told: readonly Outcome[];
  /** The requests that arrive of a call that must not be repeated; absent: 1. */
  readonly requests?: number;
}

const always = (): boolean => true;
const json = { "content-type": "application/json" };

type Write = (socket: Socket, words: ServiceWords, request: RawRequest, index: number) => void;

function stored(name: string, write: Write, told: readonly Outcome[] = ["UNKNOWN"]): Behaviour {
  const hostility = (words: ServiceWords): Hostility => ({
    stores: always,
    answer: (socket, request, index) => write(socket, words, request, index),
  });
  return { name, told, hostility };
}

function refused(name: string, write: Write, told: readonly Outcome[] = ["NOT_APPLIED"]): Behaviour {
  const hostility = (words: ServiceWords): Hostility => ({
    answer: (socket, request, index) => write(socket, words, request, index),
  });
  return { name, told, hostility };
}

const html = { "content-type": "text/html" };
const text = { "content-type": "text/plain" };
const page = "<html><body><h1>Bad Gateway</h1></body></html>";
const envoy = "upstream connect error or disconnect/reset before headers. reset reason: connection termination";
let bomb: Buffer | undefined;
const megabyte = Buffer.alloc(1 << 20);

function echo({ head, body }: RawRequest): string {
  return `${head}\n\n${body}`;
}

/** Changes every number of the success that counts records. */
function withCounts(words: ServiceWords, count: number): string {
  const change = (value: JsonValue): JsonValue => {
    if (isJsonArray(value)) return value.map(change);
    return isJsonObject(value) ? mapMembers(value, change) : value === words.recordCount ? count : value;
  };
  return JSON.stringify(change(words.success));
}

/** Lists longer than the request, such as ids. */
function withMore(words: ServiceWords): string {
  const more = (value: JsonValue): JsonValue =>
    isJsonArray(value) ? [...value.map(more), ...value] : isJsonObject(value) ? mapMembers(value, more) : value;
  return JSON.stringify(more(words.success));
}

function mapMembers(object: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

async function drip(socket: Socket, bytes: Buffer, everyMs: number): Promise<void> {
  for (const byte of bytes) {
    if (socket.destroyed) return;
    socket.write(Buffer.from([byte]));
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

async function flood(socket: Socket, megabytes: number): Promise<void> {
  socket.write(`HTTP/1.1 200 Status\r\ncontent-type: application/json\r\ncontent-length: ${megabytes << 20}\r\n\r\n`);
  for (let sent = 0; sent < megabytes && !socket.destroyed; sent += 1) {
    if (socket.write(megabyte)) continue;
    await new Promise<void>((resolve) => {
      socket.once("drain", resolve).once("close", resolve);
    });
  }
}

export const behaviours: readonly Behaviour[] = [
  {
    name: "accept, then reset",
    // The reset may come before the client knows that the connection stands.
    told: ["UNKNOWN", "NOT_APPLIED"],
    requests: 0,
    hostility: () => ({ onConnection: (socket) => void socket.resetAndDestroy() }),
  },
  refused("reset before storing", (socket) => socket.resetAndDestroy(), ["UNKNOWN"]),
  stored("no answer", () => undefined),
  stored("reset after storing", (socket) => socket.resetAndDestroy()),
  stored("closed after storing", (socket) => socket.end()),
  stored("headers, then silence", (socket) => void socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n")),
  stored("half a body, then silence", (socket, { success }) => {
    const bytes = rawReply(200, JSON.stringify(success));
    socket.write(bytes.subarray(0, bytes.length - 8));
  }),
  stored("half a body, then closed", (socket, { success }) => {
    const bytes = rawReply(200, JSON.stringify(success));
    socket.end(bytes.subarray(0, bytes.length - 8));
  }),
  stored("truncated JSON", (socket, { success }) => socket.write(rawReply(200, JSON.stringify(success).slice(0, -3)))),
  stored("a success, then an error", (socket, { status, success, error }) =>
    socket.write(rawReply(status, JSON.stringify(success) + JSON.stringify(error.body))),
  ),
  refused("an error twice", (socket, { error }) =>
    socket.write(rawReply(error.status, JSON.stringify(error.body) + JSON.stringify(error.body))),
  ),
  refused("200 with an error code", (socket, { error }) => socket.write(rawReply(200, JSON.stringify(error.body)))),
  stored("200 with {}", (socket) => socket.write(rawReply(200, "{}"))),
  stored("200 without a body", (socket) => socket.write(rawReply(200, ""))),
  stored("502 as HTML", (socket) => socket.write(rawReply(502, page, html))),
  stored("503 of Envoy", (socket) => socket.write(rawReply(503, envoy, text))),
  stored("503, empty", (socket) => socket.write(rawReply(503, ""))),
  stored("504, empty", (socket) => socket.write(rawReply(504, ""))),
  stored("counts: 5", (socket, words) => socket.write(rawReply(words.status, withCounts(words, 5))), [
    "success",
    "UNKNOWN",
  ]),
  stored("counts: 2^31", (socket, words) => socket.write(rawReply(words.status, withCounts(words, 2 ** 31))), [
    "success",
    "UNKNOWN",
  ]),
  stored("counts: 0", (socket, words) => socket.write(rawReply(words.status, withCounts(words, 0))), [
    "success",
    "UNKNOWN",
  ]),
  stored("more ids than records", (socket, words) => socket.write(rawReply(words.status, withMore(words))), [
    "success",
    "UNKNOWN",
  ]),
  stored(
    "wrong content type",
    (socket, { status, success }) => socket.write(rawReply(status, JSON.stringify(success), html)),
    ["success"],
  ),
  stored("false gzip in two segments", (socket) => {
    const bytes = rawReply(200, "this is not compressed at all", { ...json, "content-encoding": "gzip" });
    socket.write(bytes.subarray(0, bytes.length - 10));
    setTimeout(() => socket.write(bytes.subarray(bytes.length - 10)), 20);
  }),
  {
    name: "gzip bomb",
    told: ["UNKNOWN"],
    hostility: () => {
      // Before the measurement of the call's memory.
      bomb ??= rawReply(200, gzipSync(Buffer.alloc(100 << 20)), { ...json, "content-encoding": "gzip" });
      const bytes = bomb;
      return { stores: always, answer: (socket) => socket.write(bytes) };
    },
  },
  stored("100 MB", (socket) => void flood(socket, 100)),
  stored("slow drip", (socket, { success }) => void drip(socket, rawReply(200, JSON.stringify(success)), 40)),
  stored("redirect", (socket) => socket.write(rawReply(307, "", { location: "/elsewhere" }))),
  {
    name: "429 with Retry-After, then success",
    told: ["success"],
    requests: 2,
    hostility: ({ status, success }) => ({
      stores: (index) => index > 0,
      answer: (socket, _request, index) =>
        socket.write(
          index === 0
            ? rawReply(429, "Too Many Requests", { ...text, "retry-after": "1.5" })
            : rawReply(status, JSON.stringify(success)),
        ),
    }),
  },
  stored("a page that echoes the request", (socket, _words, request) =>
    socket.write(rawReply(500, echo(request), html)),
  ),
  refused("an error that echoes the head", (socket, { echoing }, { head }) => {
    const { status, body } = echoing(head);
    socket.write(rawReply(status, JSON.stringify(body)));
  }),
  ...[401, 403, 404, 409, 413].map((status) =>
    stored(`${status} as HTML`, (socket) => socket.write(rawReply(status, page, html))),
  ),
  stored("404, empty", (socket) => socket.write(rawReply(404, ""))),
  stored("403 as the JSON of a proxy", (socket) => socket.write(rawReply(403, '{"message":"Forbidden"}'))),
  refused("401 in the form of the service", (socket, { refusedCaller: { status, body } }) =>
    socket.write(rawReply(status, JSON.stringify(body))),
  ),
  stored(
    "an unasked 100 Continue",
    (socket, { status, success }) => {
      socket.write("HTTP/1.1 100 Continue\r\n\r\n");
      socket.write(rawReply(status, JSON.stringify(success)));
    },
    ["success"],
  ),
  stored(
    "100 Continue in a segment of its own",
    (socket, { status, success }) => {
      socket.write("HTTP/1.1 100 Continue\r\n\r\n");
      setTimeout(() => socket.write(rawReply(status, JSON.stringify(success))), 20);
    },
    ["success"],
  ),
];
