import { STATUS_CODES, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { ContractReply } from "../contract/message.js";
import { toResponseText, type RestFaces } from "./rest-faces.js";

/** The error of the HTTP parser, with the bytes that it could not read. */
interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: unknown;
}

const statusesByCode: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers bytes that are not an HTTP request, and requests that do not end, with an error and closes the connection. */
export function createClientErrorHandler(faces: RestFaces): (error: ClientError, socket: Duplex) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    const packet = error.rawPacket instanceof Buffer ? error.rawPacket.toString("latin1", 0, maxRequestLineLength) : "";
    const firstLine = packet.split("\r\n", 1)[0] ?? "";
    const problem = `the request cannot be read: ${error.message}`;
    void answerUnreadableRequest(faces, { socket, firstLine, problem, code: error.code }).catch(() => socket.destroy());
  };
}

/** Refuses CONNECT: the server does not open tunnels. */
export function createConnectHandler(faces: RestFaces): (request: IncomingMessage, socket: Duplex) => void {
  return ({ url = "" }, socket) => {
    void answerUnreadableRequest(faces, { socket, firstLine: `CONNECT ${url}`, problem: "the method CONNECT is not served" }).catch(() => socket.destroy());
  };
}

interface UnreadableRequest {
  readonly socket: Duplex;
  readonly firstLine: string;
  readonly problem: string;
  readonly code?: string;
}

/** Answers after the earlier requests of the connection, and then closes it. */
async function answerUnreadableRequest(faces: RestFaces, { socket, firstLine, problem, code }: UnreadableRequest): Promise<void> {
  await faces.answered(socket);
  const reply = faces.refuse(problem, { socket, firstLine });
  if (socket.writable) socket.end(writeReply(reply ?? toOwnReply(code, problem)));
  else socket.destroy();
}

const maxRequestLineLength = 8192;

function toOwnReply(code = "", problem: string): ContractReply {
  const body = { errors: [{ message: problem, extensions: { code: "BAD_REQUEST" } }] };
  return { status: statusesByCode[code] ?? 400, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

function writeReply({ status, headers, body }: ContractReply): string {
  const text = toResponseText(body) ?? "";
  const lines = { ...headers, "content-length": Buffer.byteLength(text), connection: "close" };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...head, "", text].join("\r\n");
}
