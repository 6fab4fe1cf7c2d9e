import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { ContractReply } from "../contract/message.js";
import { toText, type RestFaces } from "./rest-faces.js";

/** As the HTTP parser reports it, with the bytes it could not read. */
interface ClientError extends Error {
  readonly code?: string;
  readonly rawPacket?: unknown;
}

const statuses: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no HTTP request, or never ends, is told so, and the connection is closed. */
export function createClientErrorHandler(faces: RestFaces): (error: ClientError, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === "ECONNRESET" || socket.destroyed) return;
    const packet = error.rawPacket instanceof Buffer ? error.rawPacket.toString("latin1", 0, longestLine) : "";
    const firstLine = packet.split("\r\n", 1)[0] ?? "";
    const problem = `the request cannot be read: ${error.message}`;
    void faces.refuse(problem, { socket, firstLine }).then(
      (reply) => {
        if (socket.writable) socket.end(writeReply(reply ?? toOwnReply(error.code, problem)));
        else socket.destroy();
      },
      () => socket.destroy(),
    );
  };
}

const longestLine = 8192;

function toOwnReply(code = "", problem: string): ContractReply {
  const body = { errors: [{ message: problem, extensions: { code: "BAD_REQUEST" } }] };
  return { status: statuses[code] ?? 400, headers: { "content-type": "application/json; charset=utf-8" }, body };
}

function writeReply({ status, headers, body }: ContractReply): string {
  const text = toText(body) ?? "";
  const lines = { ...headers, "content-length": Buffer.byteLength(text), connection: "close" };
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`, ...head, "", text].join("\r\n");
}
