import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ContractReply } from "../contract/message.js";
import { toOwnReply, toResponseText, type OwnError } from "./early-reply.js";
import type { RestFaces } from "./rest-faces.js";

/** The error of the HTTP parser, with the bytes that it could not read. */
interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: unknown;
}

const timeoutCode = "ERR_HTTP_REQUEST_TIMEOUT";

const statusesByCode: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, [timeoutCode]: 408 };

/**
 * Answers bytes that are not an HTTP request, and requests that do not end, with an error and closes the connection.
 */
export function createClientErrorHandler(faces: RestFaces): (error: ClientError, socket: Duplex) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    const packet = error.rawPacket instanceof Buffer ? error.rawPacket.toString("latin1", 0, maxRequestLineLength) : "";
    const firstLine = packet.split("\r\n", 1)[0] ?? "";
    const problem = `the request cannot be read: ${error.message}`;
    void answerUnreadableRequest(faces, { socket, firstLine, problem, code: error.code }).catch(() => socket.destroy());
  };
}

/** Refuses a client that sends or reads too slowly, and closes its connection. */
export function createSlowClientHandler(faces: RestFaces): (socket: Duplex, problem: string) => void {
  const handle = createClientErrorHandler(faces);
  return (socket, problem) => handle(Object.assign(new Error(problem), { code: timeoutCode }), socket);
}

/** Refuses CONNECT: the server does not open tunnels. */
export function createConnectHandler(faces: RestFaces): (request: IncomingMessage, socket: Duplex) => void {
  return ({ url = "" }, socket) => {
    void answerUnreadableRequest(faces, {
      socket,
      firstLine: `CONNECT ${url}`,
      problem: "the method CONNECT is not served",
    }).catch(() => socket.destroy());
  };
}

interface UnreadableRequest {
  readonly socket: Duplex;
  readonly firstLine: string;
  readonly problem: string;
  readonly code?: string;
}

/** Answers after the earlier requests of the connection, and then closes it. */
async function answerUnreadableRequest(
  faces: RestFaces,
  { socket, firstLine, problem, code }: UnreadableRequest,
): Promise<void> {
  await faces.answered(socket);
  const reply = faces.refuse(problem, { socket, firstLine });
  if (socket.writable) socket.end(writeReply(reply ?? toOwnReply(toBadRequest(code, problem))));
  else socket.destroy();
}

const maxRequestLineLength = 8192;

function toBadRequest(code = "", message: string): OwnError {
  return { status: statusesByCode[code] ?? 400, code: "BAD_REQUEST", message };
}

function writeReply({ status, headers, body }: ContractReply): string {
  const text = toResponseText(body) ?? "";
  const lines = {
    ...headers,
    "x-content-type-options": "nosniff",
    "content-length": Buffer.byteLength(text),
    connection: "close",
  };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...head, "", text].join("\r\n");
}
